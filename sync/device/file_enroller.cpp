#include "sync/device/file_enroller.h"

#include "platform/encoding.h"
#include "platform/files.h"
#include "platform/log.h"
#include "sync/device/retry.h"
#include "sync/protocol/device_files.h"

#include <fmt/format.h>

#include <vector>

namespace milepost::device {
namespace {

using protocol::EnrolOutcome;

constexpr std::string_view kKeptCa = "enrol-ca";  // -DIGEST.pem
constexpr std::size_t kCaDigestBytes = 8;
constexpr std::size_t kLargestCa = 1 << 20;

std::string digest_of(const std::string& code) {
    return platform::to_base64(platform::view(platform::sha256(code)));
}

std::string status_of(const SyncDatabase& sync, std::string_view key) {
    const auto found = sync.status().find(key);
    return found == sync.status().end() ? std::string{} : found->second;
}

double chance() {
    return static_cast<unsigned char>(platform::random_bytes(1).front()) / 256.0;
}

}  // namespace

bool FileEnroller::try_now() {
    if (path_.empty() || clock_.steady() < not_before_) return false;
    const auto file = read_enrol_file(path_);
    const std::string wrong = file ? std::string{} : file.error().message;
    if (file && !*file) return false;
    if (!file && wrong == told_) return false;
    auto sync = SyncDatabase::open(data_);
    if (!sync) return false;  // `milepost-sync enrol` is at work, or the disk is ill: later
    if (!file) {
        told_ = wrong;
        tell(*sync, wrong);
        return false;
    }
    told_.clear();
    return enrol(**file, *sync);
}

bool FileEnroller::enrol(const EnrolFile& file, SyncDatabase& sync) {
    if (file.code.empty()) {
        tell(sync, path_.string() + " has no code: add a line code = \"…\" with one that was made for this device");
        return false;
    }
    if (status_of(sync, kEnrolFileRefused) == digest_of(file.code)) return false;
    const auto store = address_of(file);
    if (!store) {
        tell(sync, store.error().message);
        return false;
    }
    const auto enrolled = desk_.enrol(*store, file.code, sync);
    if (enrolled) {
        platform::log_info("enrolled by " + path_.string() + " as " + enrolled->device + " for touchpoint " +
                           enrolled->touchpoint);
        remove_other_certificates(store->ca_file);
        take_out(file, enrolled->device, sync);
        return true;
    }
    const auto& [outcome, error] = enrolled.error();
    const std::string what =
        path_.string() + ": " + error.message + (outcome == EnrolOutcome::Code ? " and put it into this file" : "");
    if (outcome == EnrolOutcome::Code || outcome == EnrolOutcome::OtherStore) {
        judge(sync, file, what);
        return false;
    }
    tell(sync, what);
    not_before_ = clock_.steady() + backoff(++failures_, chance());
    return false;
}

/// The CA file is copied: the card's boot partition may be written anew, and TLS needs it for years. Under a name of
/// its own, since the code may be refused, and then the enrolment that there is goes on with its own.
Result<StoreAddress> FileEnroller::address_of(const EnrolFile& file) const {
    StoreAddress store = file.store;
    if (store.ca_file.empty()) return store;
    const auto pem = platform::read_file(store.ca_file, kLargestCa);
    if (!pem) return fail(pem.error(), path_.string() + ": ca_file");
    const auto digest = platform::view(platform::sha256(*pem)).substr(0, kCaDigestBytes);
    const auto kept = data_ / protocol::kSyncFolder / fmt::format("{}-{}.pem", kKeptCa, platform::to_hex(digest));
    if (auto written = platform::write_file_atomically(kept, *pem); !written) return std::unexpected{written.error()};
    store.ca_file = kept.string();
    return store;
}

void FileEnroller::remove_other_certificates(const std::string& used) const {
    std::error_code ignored;
    std::vector<std::filesystem::path> others;
    for (const auto& file : std::filesystem::directory_iterator{data_ / protocol::kSyncFolder, ignored}) {
        const auto name = file.path().filename().string();
        if (name.starts_with(kKeptCa) && name.ends_with(".pem") && file.path() != used) others.push_back(file.path());
    }
    for (const auto& file : others) std::filesystem::remove(file, ignored);
}

void FileEnroller::look(const Identity& identity) {
    if (path_.empty()) return;
    const auto file = read_enrol_file(path_);
    if (!file || !*file || (*file)->code.empty()) return;  // this device has what it needs
    auto sync = SyncDatabase::open(data_);
    if (!sync) return;
    if (is_used(**file)) return take_out(**file, identity.device, *sync);
    if (!status_of(*sync, kStoreRefuses).empty()) return static_cast<void>(look_again(identity, *sync));
    tell(*sync, path_.string() + ": this device is enrolled already, as " + identity.device +
                    "; the code is left alone. To enrol it anew: milepost-sync enrol, or the kiosk's screen");
}

bool FileEnroller::look_again(const Identity& identity, SyncDatabase& sync) {
    if (path_.empty() || clock_.steady() < not_before_ || status_of(sync, kStoreRefuses).empty()) return false;
    const auto file = read_enrol_file(path_);
    if (!file) tell(sync, file.error().message);
    if (!file || !*file || (*file)->code.empty()) return false;
    if (!is_used(**file)) return enrol(**file, sync);
    take_out(**file, identity.device, sync);
    return false;
}

/// The last code that was offered, and this device has the key that was made for it: else nobody answered yet.
bool FileEnroller::is_used(const EnrolFile& file) const {
    const auto keys = read_key_file(data_);
    return keys && keys->identity && keys->offer && keys->identity->key.public_key == keys->offer->key.public_key &&
           keys->offer->code_sha256 == platform::view(platform::sha256(file.code));
}

void FileEnroller::take_out(const EnrolFile& file, const std::string& device, SyncDatabase& sync) {
    const auto taken = take_code_out(path_, file, device, clock_.now().utc);
    judge(sync, file,
          taken ? path_.string() + ": used, and its code taken out"
                : path_.string() + ": used; its code could not be taken out (" + taken.error().message +
                      ") and is not tried again");
}

void FileEnroller::tell(SyncDatabase& sync, const std::string& what) {
    if (status_of(sync, kEnrolFile) == what) return;
    platform::log_info("enrolment file: " + what);
    const StatusChange change[] = {{kEnrolFile, what}};
    if (auto put = sync.put(change); !put) platform::log_error(put.error().message);
}

void FileEnroller::judge(SyncDatabase& sync, const EnrolFile& file, const std::string& what) {
    const std::string digest = digest_of(file.code);
    if (status_of(sync, kEnrolFile) == what && status_of(sync, kEnrolFileRefused) == digest) return;
    platform::log_info("enrolment file: " + what);
    const StatusChange changes[] = {{kEnrolFile, what}, {kEnrolFileRefused, digest}};
    if (auto put = sync.put(changes); !put) platform::log_error(put.error().message);
}

}  // namespace milepost::device
