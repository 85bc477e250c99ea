#include "kiosk/bundle_check.h"

#include "kiosk/glyphs.h"
#include "platform/crypto.h"
#include "platform/local_time.h"
#include "platform/log.h"
#include "surveys/checks/check_survey.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>

namespace milepost::kiosk {

namespace {

void check_survey_of(const protocol::BundleSurvey& one, Ruler& ruler, std::vector<std::string>& faults,
                     const std::stop_token& stop) {
    const surveys::Draft draft = surveys::read_draft(one.source);
    std::vector<surveys::Problem> problems = draft.problems;
    std::ranges::copy(surveys::check_survey(draft), std::back_inserter(problems));
    // A missing translation falls back: that is for the office to see to.
    std::erase_if(problems, [](const auto& problem) { return problem.severity != surveys::Severity::Error; });
    std::istringstream lines{surveys::describe("survey " + one.survey.id, problems)};
    for (std::string line; std::getline(lines, line);) {
        faults.push_back(line);
    }
    for (const Lacking& lacking : lacking_glyphs(one.survey, ruler, stop)) {
        faults.push_back(fmt::format("survey {}: no font of the kiosk has {} of {} (language {})", one.survey.id,
                                     lacking.characters, lacking.place, lacking.language));
    }
}

std::uint32_t rgb(const std::string& colour) {
    std::uint32_t value = 0;
    std::from_chars(colour.data() + 1, colour.data() + colour.size(), value, 16);
    return value;
}

std::optional<BrandWishes::Accent> accent_of(const std::optional<protocol::BundleColours>& colours) {
    if (!colours) {
        return std::nullopt;
    }
    const bool has_words = !colours->on_accent.empty();
    return BrandWishes::Accent{rgb(colours->accent), has_words ? std::optional{rgb(colours->on_accent)} : std::nullopt};
}

Result<std::optional<platform::Picture>> picture_of(const protocol::Bundle& bundle, const std::string& name) {
    if (name.empty()) {
        return std::nullopt;
    }
    auto picture = platform::decode_png(bundle.files.at(name));
    if (!picture) {
        return fail(picture.error(), name);
    }
    return std::move(*picture);
}

std::optional<LogoSize> size_of(const std::optional<platform::Picture>& picture) {
    return picture ? std::optional{LogoSize{picture->width(), picture->height()}} : std::nullopt;
}

}  // namespace

Result<std::vector<std::string>> faults_of(const protocol::Bundle& bundle, const std::stop_token& stop) {
    std::vector<std::string> faults;
    auto typesetter = platform::Typesetter::make();
    if (!typesetter) {
        return fail(typesetter.error(), "looking a bundle over");
    }
    Ruler ruler{std::move(*typesetter)};
    for (const protocol::BundleSurvey& one : bundle.surveys) {
        check_survey_of(one, ruler, faults, stop);
    }
    if (!bundle.branding.name.empty()) {
        const std::string lacking = ruler.lacking(bundle.branding.name, "en");
        if (!lacking.empty()) {
            faults.push_back("branding: no font of the kiosk has " + lacking + " of its name");
        }
    }
    for (const std::string& name : {bundle.branding.logo, bundle.branding.logo_dark}) {
        if (const auto picture = picture_of(bundle, name); !picture) {
            faults.push_back("branding: " + picture.error().message);
        }
    }
    if (const auto zone = platform::TimeZone::named(bundle.time_zone); !zone) {
        faults.push_back("time_zone: " + zone.error().message);
    }
    if (bundle.contact_key && !platform::seal("", bundle.contact_key->key)) {
        faults.emplace_back("contact_key: nothing can be sealed to it");
    }
    return faults;
}

Result<BrandFile> brand_of(const protocol::Bundle& bundle) {
    auto logo = picture_of(bundle, bundle.branding.logo);
    if (!logo) {
        return std::unexpected{logo.error()};
    }
    auto logo_dark = picture_of(bundle, bundle.branding.logo_dark);
    if (!logo_dark) {
        return std::unexpected{logo_dark.error()};
    }
    Branded made = make_brand({.name = bundle.branding.name,
                               .light = accent_of(bundle.branding.light),
                               .dark = accent_of(bundle.branding.dark)});
    for (const std::string& note : made.notes) {
        platform::log_warning(note);
    }
    BrandFile file{.brand = std::move(made.brand), .logo = std::move(*logo), .logo_dark = std::move(*logo_dark)};
    file.brand.logo = size_of(file.logo);
    file.brand.logo_dark = size_of(file.logo_dark);
    return file;
}

surveys::Survey in_languages(surveys::Survey survey, const std::vector<std::string>& languages) {
    std::vector<std::string> shown;
    for (const std::string& language : languages) {
        const bool has = std::ranges::find(survey.languages, language) != survey.languages.end();
        if (has && std::ranges::find(shown, language) == shown.end()) {
            shown.push_back(language);
        }
    }
    if (!shown.empty()) {
        survey.languages = std::move(shown);
    }
    return survey;
}

}  // namespace milepost::kiosk
