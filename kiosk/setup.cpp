#include "kiosk/setup.h"

#include "kiosk/data/device_paths.h"
#include "platform/database.h"
#include "platform/files.h"
#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"

#include <sys/utsname.h>

#include <charconv>
#include <utility>

namespace milepost::kiosk {

namespace {

/// Typing is not possible here yet: a text that must be answered would hold people for ever.
const surveys::Question* unanswerable(const surveys::Survey& survey) {
    for (const surveys::Question& question : survey.questions) {
        const bool written = question.kind == surveys::Kind::Text || question.kind == surveys::Kind::Contact;
        if (written && !question.optional) {
            return &question;
        }
    }
    return nullptr;
}

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

Result<SurveySource> load_survey(const std::string& path) {
    const std::string name = path.empty() ? "the sample survey" : path;
    SurveySource source;
    if (path.empty()) {
        source.toml = surveys::sample_survey_toml();
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
    if (const surveys::Question* question = unanswerable(source.survey)) {
        return fail(Fault::Invalid, name + ": question \"" + question->id +
                                        "\" must be answered in writing, which this kiosk cannot take yet: give it "
                                        "optional = true");
    }
    return source;
}

std::string enrolled_touchpoint(const std::string& data) {
    std::string touchpoint = "unassigned";
    auto database = platform::open_for_reading(sync_db_path(data).string());
    if (!database) {
        return touchpoint;
    }
    auto statement = (*database)->prepare("SELECT value FROM status WHERE key = $1");
    if (!statement) {
        return touchpoint;
    }
    // A failed read leaves "unassigned": the store knows which device sent a response all the same.
    static_cast<void>((*statement)->run({std::string_view{"touchpoint"}}, [&](const platform::Row& row) {
        touchpoint = row.text(0);
    }));
    return touchpoint;
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
