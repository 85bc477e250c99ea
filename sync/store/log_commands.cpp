#include "sync/store/log_commands.h"

#include "platform/compression.h"
#include "platform/encoding.h"
#include "sync/store/asking.h"
#include "sync/store/export_file.h"
#include "sync/store/reading/reading.h"
#include "sync/store/terminal.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace milepost::store {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using Command = platform::CommandLine::Command;

constexpr std::int64_t kPage = 200;
constexpr std::size_t kShown = 160;  // bytes of a line

/// Hands an exported log on batch by batch.
class Import {
public:
    explicit Import(const LogArguments& arguments) : arguments_(arguments) {}

    Result<void> run() {
        auto file = ExportFile::open(arguments_.file);
        if (!file) return std::unexpected{file.error()};
        while (true) {
            auto piece = file->next();
            if (!piece) return std::unexpected{piece.error()};
            if (!*piece) return {};
            if (auto taken = take(**piece); !taken) return taken;
            records_ += (*piece)->header.count;
        }
    }
    std::string said() const {
        return fmt::format("{} records read, {} responses new, {} numbers told as lost\n", records_, new_responses_,
                           lost_);
    }

private:
    /// Before it numbers may be wanted that only another copy has, and before those others.
    Result<void> take(const ExportPiece& piece) {
        auto answer = send(piece);
        if (!answer) return std::unexpected{answer.error()};
        if (!*answer) return {};
        const auto missing = stand_in(piece, **answer);
        if (!missing || !arguments_.accept_missing) return not_there(piece, **answer);
        if (auto told = send(*missing); !told) return std::unexpected{told.error()};
        lost_ += numbers_of(*missing);
        const auto again = send(piece);
        if (!again) return std::unexpected{again.error()};
        return *again ? not_there(piece, **again) : Result<void>{};
    }

    /// What is wanted first, or nullopt once it is taken.
    Result<std::optional<protocol::RecordsAnswer>> send(const ExportPiece& piece) {
        const auto body = protocol::encode_batch(piece.header, piece.lines);
        const auto answer =
            administered(arguments_.data, {{"do", "import"},
                                           {"device", arguments_.device},
                                           {"batch", platform::to_base64(platform::compress_zstd(body))}});
        if (!answer) return std::unexpected{answer.error()};
        new_responses_ += answer->value("new_responses", std::int64_t{0});
        if (!answer->value("gap", false)) return std::nullopt;
        return protocol::RecordsAnswer{
            .epoch = answer->value("epoch", ""), .next = answer->value("next", std::int64_t{1}), .chain = {}};
    }

    static std::int64_t numbers_of(const ExportPiece& lost) {
        const auto record = protocol::read_record(lost.lines.front());
        const auto* told = record ? std::get_if<protocol::LostRecord>(&record->body) : nullptr;
        return told == nullptr ? 0 : told->until - record->seq + 1;
    }

    static std::unexpected<Error> not_there(const ExportPiece& piece, const protocol::RecordsAnswer& wanted) {
        return fail(Fault::Invalid,
                    fmt::format("before record {} of run {} the store needs record {} of run {}, which is not in this "
                                "file: import a copy that holds it first. If there is none, --accept-missing takes "
                                "the rest and tells those numbers as lost",
                                piece.header.first, piece.header.epoch, wanted.next, wanted.epoch));
    }

    const LogArguments& arguments_;
    std::int64_t records_ = 0;
    std::int64_t new_responses_ = 0;
    std::int64_t lost_ = 0;
};

int import_log(const LogArguments& arguments) {
    Import file{arguments};
    const auto done = file.run();
    print(file.said());
    return done ? 0 : failed(done.error());
}

std::string shown(const QuarantinedLine& line) {
    return fmt::format("{} run {} number {} ({})\n  {}\n  {}{}\n", line.device, line.epoch_id.substr(0, 8),
                       line.key.seq, platform::format_rfc3339(line.at), line.reason,
                       platform::to_valid_utf8(line.line.substr(0, kShown)), line.line.size() > kShown ? " …" : "");
}

std::string shown_as_json(const QuarantinedLine& line) {
    return ordered_json{{"device", line.device},
                        {"log", line.log_id},
                        {"epoch", line.epoch_id},
                        {"seq", line.key.seq},
                        {"at", platform::format_rfc3339(line.at)},
                        {"reason", line.reason},
                        {"line", platform::to_base64(line.line)}}
               .dump(-1, ' ', false, ordered_json::error_handler_t::replace) +
           "\n";
}

Result<void> list_all(Reading& reading, const LogArguments& arguments) {
    std::string device = arguments.device;
    if (!device.empty()) {
        const auto found = reading.tables.devices.find_named(device);
        if (!found) return std::unexpected{found.error()};
        device = found->id;
    }
    for (QuarantineKey after;;) {
        const auto page = reading.tables.quarantine.waiting(device, after, kPage);
        if (!page) return std::unexpected{page.error()};
        if (page->empty()) return {};
        for (const auto& line : *page) print(arguments.json ? shown_as_json(line) : shown(line));
        after = page->back().key;
    }
}

int list(const LogArguments& arguments) {
    if (auto there = check_store(arguments.data); !there) return failed(there.error());
    platform::SystemClock clock;
    auto reading = Reading::open(arguments.data, clock);
    if (!reading) return failed(reading.error());
    const auto listed = list_all(**reading, arguments);
    return listed ? 0 : failed(listed.error());
}

int replay(const LogArguments& arguments) {
    std::int64_t tried = 0;
    std::int64_t went_in = 0;
    json request{{"do", "quarantine replay"}, {"device", arguments.device}};
    while (true) {
        const auto answer = administered(arguments.data, request);
        if (!answer) return failed(answer.error());
        tried += answer->value("tried", std::int64_t{0});
        went_in += answer->value("went_in", std::int64_t{0});
        if (!answer->contains("next")) break;
        request["after"] = answer->at("next");
    }
    print(fmt::format("{} lines tried, {} went in, {} stay in quarantine\n", tried, went_in, tried - went_in));
    return 0;
}

void describe_quarantine(Command& root, LogArguments& arguments) {
    auto& quarantine = root.command("quarantine", "Records that could not be applied");
    quarantine.command("list", "Which and why", [&] { return list(arguments); })
        .required_option("--data", arguments.data, "The store's directory")
        .option("--device", arguments.device, "Only of this one, by id or name")
        .flag("--json", arguments.json, "A JSON line each, with the record in base64")
        .footer("Example:\n  milepost-store quarantine list --data DIR");
    quarantine
        .command("replay", "Try them again, as after an update or a new survey", [&] { return replay(arguments); })
        .required_option("--data", arguments.data, "The store's directory")
        .option("--device", arguments.device, "Only those of this one, by id or name")
        .footer(
            "Works while the server runs. What went in counts from then on, once however often this is done.\n\n"
            "Example:\n  milepost-store quarantine replay --data DIR");
}

}  // namespace

void describe_log_commands(Command& root, LogArguments& arguments) {
    root.command("import", "Take in a log that was exported from a kiosk", [&] { return import_log(arguments); })
        .required_option("--data", arguments.data, "The store's directory")
        .option("--device", arguments.device, "Whose log it is, by id or name; needed where nothing of it ever came")
        .flag("--accept-missing", arguments.accept_missing, "Tell numbers as lost that no copy holds any more")
        .positional("file", arguments.file, "log.ndjson, or the folder that it lies in")
        .footer(
            "Works while the server runs. What the store has already changes nothing, so a file may be taken in as\n"
            "often as you like, before, after and while the kiosk sends the same.\n\n"
            "Example:\n  milepost-store import --data DIR /media/stick/milepost-20261121T182001-0193ab12");
    describe_quarantine(root, arguments);
}

}  // namespace milepost::store
