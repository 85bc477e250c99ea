#include "kiosk/setup.h"

#include "kiosk/data/device_paths.h"
#include "platform/crypto.h"
#include "platform/database.h"
#include "platform/encoding.h"
#include "platform/files.h"
#include "platform/log.h"
#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"

#include <sys/utsname.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

namespace milepost::kiosk {

namespace {

Result<int> parse_length(std::string_view text) {
    constexpr int kLeast = 320;
    constexpr int kMost = 8192;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < kLeast || value > kMost) {
        return fail(Fault::Invalid, "");
    }
    return value;
}

}  // namespace

std::vector<std::string> sample_ids() {
    std::vector<std::string> ids;
    std::ranges::transform(surveys::samples(), std::back_inserter(ids),
                           [](const surveys::Sample& sample) { return std::string{sample.id}; });
    return ids;
}

Result<SurveySource> load_survey(const std::string& path, const std::string& sample) {
    const std::string name = path.empty() ? "the sample survey" : path;
    SurveySource source;
    if (path.empty()) {
        const auto samples = surveys::samples();
        const auto found = std::ranges::find(samples, sample, &surveys::Sample::id);
        source.toml = found == samples.end() ? surveys::sample_survey_toml() : found->toml;
    } else if (auto text = platform::read_file(path)) {
        source.toml = std::move(*text);
    } else {
        return fail(text.error(), "reading the survey");
    }
    auto survey = surveys::read_survey(source.toml);
    if (!survey) {
        return fail(Fault::Invalid, surveys::describe(name, survey.error()));
    }
    source.survey = std::move(*survey);
    return source;
}

surveys::Survey without_contacts(surveys::Survey survey) {
    const auto asked = std::erase_if(
        survey.questions, [](const surveys::Question& question) { return question.kind == surveys::Kind::Contact; });
    if (asked > 0) {
        platform::log_warning("the survey \"" + survey.id +
                              "\" asks for a contact, but this device has no key to seal one with: it is not asked. "
                              "Enrolling the device brings the key; restart the kiosk afterwards.");
    }
    return survey;
}

namespace {

/// A value of the sync agent's status; a failed read tells nothing.
std::string agent_status(const std::string& data, std::string_view key) {
    std::string value;
    auto database = platform::open_for_reading(sync_db_path(data).string());
    if (!database) {
        return value;
    }
    auto statement = (*database)->prepare("SELECT value FROM status WHERE key = $1");
    if (statement) {
        static_cast<void>((*statement)->run({key}, [&](const platform::Row& row) { value = row.text(0); }));
    }
    return value;
}

}  // namespace

std::optional<ContactKey> enrolled_contact_key(const std::string& data) {
    ContactKey key{.id = agent_status(data, "contact_key_id"),
                   .public_key = platform::from_base64(agent_status(data, "contact_key")).value_or("")};
    return !key.id.empty() && platform::seal("", key.public_key) ? std::optional{std::move(key)} : std::nullopt;
}

std::string enrolled_device(const std::string& data) {
    return agent_status(data, "device");
}

std::string enrolled_touchpoint(const std::string& data) {
    // Without one the store knows which device sent a response all the same.
    std::string touchpoint = agent_status(data, "touchpoint");
    return touchpoint.empty() ? "unassigned" : touchpoint;
}

Result<WindowSize> parse_size(const std::string& text) {
    const auto cross = text.find('x');
    if (cross != std::string::npos) {
        const auto width = parse_length(std::string_view{text}.substr(0, cross));
        const auto height = parse_length(std::string_view{text}.substr(cross + 1));
        if (width && height) {
            return WindowSize{*width, *height};
        }
    }
    return fail(Fault::Invalid,
                "\"" + text + "\" is no window size: write WIDTHxHEIGHT in pixels, 320 to 8192 each, like 1280x800");
}

std::string hardware_name() {
    if (auto model = platform::read_file("/proc/device-tree/model"); model && !model->empty()) {
        return model->substr(0, model->find('\0'));
    }
    utsname names{};
    return uname(&names) == 0 ? names.machine : "unknown";
}

}  // namespace milepost::kiosk
