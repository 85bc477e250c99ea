#include "kiosk/plan.h"

#include "kiosk/bundle_check.h"
#include "platform/log.h"

#include <fmt/format.h>

#include <algorithm>

namespace milepost::kiosk {

namespace {

/// Whether the command line says what is asked, and no bundle does.
bool chooses(const ProgramOptions& options) {
    return !options.survey.empty() || !options.sample.empty();
}

Result<std::string> first_language(const surveys::Survey& survey, const std::string& asked) {
    if (asked.empty()) {
        return survey.default_language();
    }
    if (std::ranges::find(survey.languages, asked) != survey.languages.end()) {
        return asked;
    }
    std::string known;
    for (const std::string& language : survey.languages) {
        known += (known.empty() ? "" : ", ") + language;
    }
    return fail(Fault::Invalid, "the survey \"" + survey.id + "\" has no language \"" + asked + "\", only " + known);
}

/// What was found good when the bundle came and is no longer, as after an update, costs that part and no more.
void complain(const char* what, const Error& error) {
    platform::log_error(fmt::format("the bundle's {}: {}; left out", what, error.message));
}

Result<std::optional<protocol::OpeningHours>> hours_of(const ProgramOptions& options, const protocol::Bundle* bundle) {
    const bool given = !options.opening_hours.empty();
    const std::string& text = given || !bundle ? options.opening_hours : bundle->opening_hours;
    if (text.empty()) {
        return std::nullopt;
    }
    auto parsed = protocol::OpeningHours::parse(text);
    if (parsed) {
        return std::move(*parsed);
    }
    if (given) {
        return fail(parsed.error(), "--opening-hours \"" + text + "\"");
    }
    complain("opening hours", parsed.error());
    return std::nullopt;
}

std::string zone_of(const ProgramOptions& options, const protocol::Bundle* bundle) {
    if (!options.time_zone.empty() || !bundle) {
        return options.time_zone;
    }
    const auto zone = platform::TimeZone::named(bundle->time_zone);
    if (!zone) {
        complain("time zone", zone.error());
    }
    return zone ? bundle->time_zone : std::string{};
}

/// The brand of the command line, else of the bundle.
Result<void> add_brand(Plan& plan, const ProgramOptions& options) {
    const bool given = !options.brand.empty();
    if (!given && !plan.bundle) {
        return {};
    }
    auto brand = given ? read_brand(options.brand) : brand_of(*plan.bundle);
    if (!brand && given) {
        return std::unexpected{brand.error()};
    }
    if (!brand) {
        complain("branding", brand.error());
        return {};
    }
    plan.brand = std::move(*brand);
    plan.is_branded = true;
    return {};
}

Timings timings_of(const protocol::BundleTimings& given) {
    const auto seconds = [](std::optional<int> said, std::chrono::seconds own) {
        return said ? std::chrono::seconds{*said} : own;
    };
    const Timings own;
    return {.idle = seconds(given.idle_s, own.idle),
            .still_there = seconds(given.still_there_s, own.still_there),
            .thanks = seconds(given.thanks_s, own.thanks)};
}

}  // namespace

Assigner::Assigner(const ProgramOptions& options, std::shared_ptr<const protocol::Bundle> bundle,
                   std::optional<protocol::OpeningHours> hours, std::string day)
    : options_(&options),
      bundle_(std::move(bundle)),
      hours_(std::move(hours)),
      day_(std::move(day)),
      settings_(read_staff_settings(options.data).value_or(StaffSettings{})) {
    sample_ = options.sample.empty() ? settings_.sample : options.sample;
    language_ = settings_.customers_language;
}

Result<SurveySource> Assigner::choose() const {
    if (!bundle_) {
        return load_survey(options_->survey, sample_);
    }
    const protocol::BundleSurvey& due = survey_due(*bundle_, day_);
    return SurveySource{in_languages(due.survey, bundle_->languages), due.source};
}

Result<Assigned> Assigner::assign(const staff::Reassign& change) {
    sample_ = change.sample.empty() ? sample_ : change.sample;
    language_ = change.language.empty() ? language_ : change.language;
    auto source = choose();
    if (!source) {
        return std::unexpected{source.error()};
    }
    const std::string placed = bundle_ ? bundle_->touchpoint : enrolled_touchpoint(options_->data);
    Setup setup{.touchpoint = options_->touchpoint.empty() ? placed : options_->touchpoint,
                .language = source->survey.default_language(),
                .contact_key = enrolled_contact_key(options_->data),
                .key_repeat = !options_->no_key_repeat,
                .hours = hours_,
                .timings = bundle_ ? timings_of(bundle_->timings) : Timings{}};
    if (bundle_ && bundle_->contact_key) {
        setup.contact_key = ContactKey{.id = bundle_->contact_key->id, .public_key = bundle_->contact_key->key};
    }
    if (!setup.contact_key) {
        source->survey = without_contacts(std::move(source->survey));
    }
    if (const auto picked = first_language(source->survey, language_); picked) {
        setup.language = *picked;  // in the set-up: not every survey has it
    }
    if (!options_->language.empty()) {
        auto language = first_language(source->survey, options_->language);
        if (!language && chooses(*options_)) {
            return fail(language.error(), "--language");
        }
        if (!language) {  // of a survey that somebody else chose, or that stands in for it: no reason not to serve
            platform::log_error("--language: " + language.error().message);
        }
        setup.language = language.value_or(setup.language);
    }
    sources_.push_back(std::move(*source));
    return Assigned{&sources_.back().survey, std::move(setup)};
}

std::string day_for_schedule(const std::string& time_zone, const platform::Stamp& now) {
    if (now.trust == platform::Trust::Unset) {
        return {};
    }
    const auto named = platform::TimeZone::named(time_zone);
    const platform::TimeZone zone = named ? *named : platform::TimeZone::of_this_machine();
    return zone.local_hour(now.utc).day;
}

Result<Plan> make_plan(const ProgramOptions& options, const platform::Stamp& now, std::optional<Report> report) {
    const bool chosen = chooses(options);
    auto trust = read_bundle_trust(options.data);
    std::optional<KeptBundle> kept;
    if (!chosen && trust) {
        kept = BundleShelf{options.data}.newest(*trust);
    }
    if (!chosen && !trust) {
        platform::log_error("no bundle is shown: " + trust.error().message);
    }
    const auto bundle = kept ? std::make_shared<const protocol::Bundle>(std::move(kept->bundle)) : nullptr;
    auto hours = hours_of(options, bundle.get());
    if (!hours) {
        return std::unexpected{hours.error()};
    }
    const std::string zone = zone_of(options, bundle.get());
    Assigner assigner{options, bundle, std::move(*hours), bundle ? day_for_schedule(zone, now) : std::string{}};
    auto assigned = assigner.assign();
    if (!assigned) {
        return std::unexpected{assigned.error()};
    }
    Plan plan{.assigner = std::move(assigner),
              .assigned = std::move(*assigned),
              .set_up = !chosen && needs_set_up(options.data),
              .time_zone = zone,
              .trust = trust.value_or(BundleTrust{}),
              .is_trust_read = chosen || trust,
              .bundle = bundle,
              .bundle_etag = kept ? kept->etag : std::string{},
              .takes_bundles = !chosen};
    plan.asked_source = plan.assigner.source().toml;
    if (auto branded = add_brand(plan, options); !branded) {
        return std::unexpected{branded.error()};
    }
    if (report) {
        plan.is_second = true;
        plan.report = std::move(*report);
    } else if (!options.report.empty()) {
        auto opened = Report::open(options.report);
        if (!opened) {
            return fail(opened.error(), "--report");
        }
        plan.report = std::move(*opened);
    }
    return plan;
}

}  // namespace milepost::kiosk
