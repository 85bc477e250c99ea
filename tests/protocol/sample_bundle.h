#pragma once

#include "surveys/reading/survey_json.h"
#include "surveys/reading/survey_reader.h"
#include "sync/protocol/bundle.h"

#include <string>

namespace milepost::protocol::test {

inline surveys::Survey small_survey(const std::string& id, const std::string& text = "How was it?") {
    auto survey = surveys::read_survey("id = \"" + id +
                                       "\"\ntitle = \"Exit\"\nlanguages = [\"en\", \"de\"]\n[[question]]\nid = \"q\"\n"
                                       "kind = \"csat\"\ntext.en = \"" +
                                       text + "\"\ntext.de = \"Wie war es?\"\n");
    return survey ? std::move(*survey) : surveys::Survey{};
}

/// One with everything in it.
inline Bundle sample_bundle(std::int64_t version = 1'763'749'201'123, const std::string& device = "dev_1") {
    Bundle bundle{.device = device,
                  .version = version,
                  .touchpoint = "exit",
                  .site = "berlin",
                  .site_name = "Berlin Mitte",
                  .time_zone = "Europe/Berlin",
                  .opening_hours = "Mo-Su 00:00-24:00",
                  .surveys = {},
                  .languages = {"de", "en"},
                  .branding = {.name = "Northside Clinic",
                               .logo = "assets/logo.png",
                               .logo_dark = "",
                               .light = BundleColours{.accent = "#8A1538", .on_accent = "#FFFFFF"},
                               .dark = BundleColours{.accent = "#FF9DB5", .on_accent = ""}},
                  .timings = {.idle_s = 30, .still_there_s = 20, .thanks_s = 6},
                  .staff_pin = "$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA",
                  .contact_key = BundleContactKey{.id = "k2", .key = std::string(32, 'C')},
                  .next_store_key = std::string(32, 'N'),
                  .files = {{"assets/logo.png", "not looked into here"}}};
    bundle.surveys.push_back({.survey = small_survey("exit"), .source = "", .from = "", .until = ""});
    bundle.surveys.push_back(
        {.survey = small_survey("advent"), .source = "", .from = "2026-12-01", .until = "2027-01-06"});
    return bundle;
}

}  // namespace milepost::protocol::test
