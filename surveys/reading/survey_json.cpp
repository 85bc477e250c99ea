#include "surveys/reading/survey_json.h"

#include "platform/crypto.h"
#include "platform/encoding.h"

#include <nlohmann/json.hpp>

#include <utility>

extern "C" const char milepost_survey_schema_begin[];
extern "C" const char milepost_survey_schema_end[];

namespace milepost::surveys {

namespace {

/// Written in the order in which people write it; the canonical form sorts it afterwards.
using Json = nlohmann::ordered_json;

Json json_of(const LocalText& text, const std::vector<std::string>& languages) {
    Json json = Json::object();
    for (const std::string& language : languages) {
        if (const auto found = text.by_language.find(language); found != text.by_language.end()) {
            json[language] = found->second;
        }
    }
    return json;
}

Json json_of(const Option& option, const Survey& survey, Kind kind) {
    Json json{{"id", option.id}};
    if (kind == Kind::Emotion) json["valence"] = option.valence;
    if (option.show_if) json["show_if"] = option.show_if->text();
    if (!option.friction.empty()) json["friction"] = option.friction;
    if (option.urgent) json["urgent"] = true;
    if (option.none) json["none"] = true;
    if (option.fixed) json["fixed"] = true;
    json["text"] = json_of(option.text, survey.languages);
    return json;
}

void add_contact(Json& json, const Question& question, const Survey& survey) {
    if (question.ways != std::vector{ContactWay::Email, ContactWay::Phone}) {
        Json ways = Json::array();
        for (const ContactWay way : question.ways) ways.push_back(way == ContactWay::Email ? "email" : "phone");
        json["accepts"] = std::move(ways);
    }
    json["consent"] = {{"version", question.consent.version},
                       {"text", json_of(question.consent.text, survey.languages)}};
}

/// What only some kinds have, where it is not at its default.
void add_parts(Json& json, const Question& question, const Survey& survey) {
    const Question usual{};
    for (const LocalText& label : question.labels) json["labels"].push_back(json_of(label, survey.languages));
    for (const Option& option : question.options) json["options"].push_back(json_of(option, survey, question.kind));
    if (question.shuffle) json["shuffle"] = true;
    if (question.least_picks != usual.least_picks) json["min_picks"] = question.least_picks;
    if (question.most_picks != usual.most_picks) json["max_picks"] = question.most_picks;
    if (question.least != usual.least) json["min"] = question.least;
    if (question.most != usual.most) json["max"] = question.most;
    if (!question.unit.empty()) json["unit"] = json_of(question.unit, survey.languages);
    if (question.max_chars != usual.max_chars) json["max_chars"] = question.max_chars;
    if (question.kind == Kind::Contact) add_contact(json, question, survey);
}

Json json_of(const Question& question, const Survey& survey) {
    Json json{{"id", question.id}, {"kind", to_string(question.kind)}};
    if (question.ask_if) json["ask_if"] = question.ask_if->text();
    if (question.end_if) json["end_if"] = question.end_if->text();
    if (question.optional) json["optional"] = true;
    if (question.random_share) json["random_share"] = *question.random_share;
    json["text"] = json_of(question.text, survey.languages);
    add_parts(json, question, survey);
    return json;
}

Json json_of(const Survey& survey) {
    Json json{{"id", survey.id}};
    if (survey.revision != 1) json["revision"] = survey.revision;
    json["title"] = survey.title;
    json["languages"] = survey.languages;
    if (survey.most_questions != 0) json["max_questions"] = survey.most_questions;
    if (survey.is_long) json["long"] = true;
    if (!survey.thanks.empty()) json["thanks"] = json_of(survey.thanks, survey.languages);
    for (const Outcome& outcome : survey.outcomes) {
        json["outcome"].push_back(
            {{"when", outcome.when.text()}, {"thanks", json_of(outcome.thanks, survey.languages)}});
    }
    for (const Question& question : survey.questions) json["question"].push_back(json_of(question, survey));
    return json;
}

}  // namespace

std::string to_json(const Survey& survey) {
    // nlohmann::json keeps its members sorted.
    return nlohmann::json(json_of(survey)).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string to_readable_json(const Survey& survey) {
    return json_of(survey).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string content_hash(const Survey& survey) {
    return platform::to_hex(platform::view(platform::sha256(to_json(survey))));
}

std::string_view survey_schema() {
    return {milepost_survey_schema_begin, milepost_survey_schema_end};
}

}  // namespace milepost::surveys
