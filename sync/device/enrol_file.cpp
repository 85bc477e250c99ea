#include "sync/device/enrol_file.h"

#include "platform/encoding.h"
#include "platform/files.h"
#include "surveys/reading/fields.h"
#include "surveys/reading/toml_tree.h"
#include "sync/device/enrol.h"

#include <fmt/format.h>

#include <array>

namespace milepost::device {
namespace {

using surveys::Fields;
using Need = Fields::Need;

constexpr std::size_t kLargestFile = 16 << 10;
constexpr std::size_t kLongestValue = 500;
constexpr std::array<std::string_view, 5> kKeys{"store", "code", "ca_file", "pin", "proxy"};

std::string value_of(const Fields& fields, std::string_view key, Need need = Need::Optional) {
    return fields.text(key, kLongestValue, need).value_or("");
}

EnrolFile read_members(const Fields& fields, const std::filesystem::path& folder) {
    EnrolFile file;
    if (const auto typed = fields.text("store", kLongestValue, Need::Required)) {
        if (auto url = store_url_as_typed(*typed)) {
            file.store.url = std::move(*url);
        } else {
            fields.report(fields.where_value("store"), url.error().message);
        }
    }
    file.code = value_of(fields, "code");
    file.store.pinned_key = value_of(fields, "pin");
    file.store.proxy = value_of(fields, "proxy");
    const std::string ca = value_of(fields, "ca_file");
    if (!ca.empty()) file.store.ca_file = (folder / ca).string();
    if (!ca.empty() && ca.find('/') != std::string::npos) {
        fields.report(fields.where_value("ca_file"), "name a file that lies beside this one, without a folder");
    }
    return file;
}

/// As a string of TOML.
std::string toml_string(std::string_view text) {
    std::string written = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') written += '\\';
        written += c;
    }
    return written + '"';
}

}  // namespace

Result<std::optional<EnrolFile>> read_enrol_file(const std::filesystem::path& path) {
    const auto text = platform::read_file(path, kLargestFile);
    if (!text && text.error().fault == Fault::NotFound) return std::nullopt;
    if (!text) return std::unexpected{text.error()};
    if (!platform::is_valid_utf8(*text)) {
        return fail(Fault::Invalid, path.string() + " is no UTF-8 text: save it as UTF-8");
    }
    surveys::Problems problems{surveys::Notation::Toml};
    const surveys::WrittenFile written = surveys::read_toml(*text, problems.list());
    EnrolFile file;
    if (!written.head_lost) {
        file = read_members(Fields{written.root, "the file", kKeys, problems}, path.parent_path());
    }
    const auto found = std::move(problems).sorted();
    if (!found.empty()) return fail(Fault::Invalid, surveys::describe(path.string(), found));
    return file;
}

Result<void> take_code_out(const std::filesystem::path& path, const EnrolFile& file, const std::string& device,
                           platform::UtcTime now) {
    std::string text =
        fmt::format("# The code was used on {} by {}. Another device needs another: code = \"…\"\nstore = {}\n",
                    platform::format_rfc3339(now), device, toml_string(file.store.url));
    const std::pair<std::string_view, std::string> rest[] = {
        {"ca_file", std::filesystem::path{file.store.ca_file}.filename().string()},
        {"pin", file.store.pinned_key},
        {"proxy", file.store.proxy}};
    for (const auto& [key, value] : rest) {
        if (!value.empty()) text += fmt::format("{} = {}\n", key, toml_string(value));
    }
    return platform::write_file_atomically(path, text);
}

}  // namespace milepost::device
