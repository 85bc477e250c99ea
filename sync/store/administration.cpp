#include "sync/store/administration.h"

#include "surveys/checks/diff.h"
#include "surveys/reading/survey_reader.h"
#include "sync/store/bundle_administration.h"
#include "sync/store/device_administration.h"
#include "sync/store/ingest/placer.h"
#include "sync/store/log_administration.h"
#include "sync/store/secrets.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace milepost::store {

namespace {

using nlohmann::json;

/// 75 random bits in small letters: "7k3pq-9qxmt-4vwad".
std::string make_password() {
    auto password = make_code();
    std::ranges::transform(password, password.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return password;
}

Result<json> survey_add(Writing& writing, const json& request) {
    const auto added = add_survey(writing, {.text = request.value("toml", ""),
                                            .name = request.value("file", "survey"),
                                            .same_meaning = request.value("same_meaning", std::vector<std::string>{})});
    if (!added) return std::unexpected{added.error()};
    return json{{"added", *added}};
}

Result<json> password_reset(Writing& writing) {
    const auto password = reset_password(writing);
    if (!password) return std::unexpected{password.error()};
    return json{{"user", kAdmin}, {"password", *password}};
}

/// A member of the wrong type has the JSON library throw, on whichever thread.
template <class Change>
Result<json> unless_malformed(const Change& change) {
    try {
        return change();
    } catch (const json::exception& wrong) {
        return fail(Fault::Invalid, wrong.what());
    }
}

/// What is one change, and takes no longer than that.
Result<json> change(Writing& writing, const std::string& what, const json& request) {
    if (auto done = device_request(writing, what, request)) return std::move(*done);
    if (auto done = log_request(writing, what, request)) return std::move(*done);
    if (what == "survey add") return survey_add(writing, request);
    if (what == "password reset") return password_reset(writing);
    return fail(Fault::Invalid, "unknown request \"" + what + "\"");
}

Result<json> carry_out(const WriterTurn& turn, std::string_view text) {
    const auto request = json::parse(text, nullptr, false);
    if (!request.is_object()) return fail(Fault::Invalid, "not a JSON object");
    return unless_malformed([&]() -> Result<json> {
        const auto what = request.value("do", "");
        if (auto done = bundle_request(turn, what, request)) return std::move(*done);
        return in_turn(
            turn, [&](Writing& writing) { return unless_malformed([&] { return change(writing, what, request); }); });
    });
}

}  // namespace

Result<std::string> make_first_user(Writing& writing) {
    const auto there = writing.tables->users.password_of(kAdmin);
    if (!there) return std::unexpected{there.error()};
    if (*there) return std::string{};
    return reset_password(writing);
}

Result<std::string> reset_password(Writing& writing) {
    auto password = make_password();
    const auto hash = platform::hash_password(password);
    if (!hash) return std::unexpected{hash.error()};
    auto transaction = platform::Transaction::begin(*writing.tables->database);
    if (!transaction) return std::unexpected{transaction.error()};
    if (auto set = writing.tables->users.set_password(kAdmin, *hash, writing.clock.now().utc); !set) {
        return std::unexpected{set.error()};
    }
    if (auto forgot = writing.tables->users.forget_failed_logins("user " + std::string{kAdmin}); !forgot) {
        return std::unexpected{forgot.error()};
    }
    if (auto committed = transaction->commit(); !committed) return std::unexpected{committed.error()};
    return password;
}

namespace {

/// Rollups know a question by its id alone: one that now means something else must not be added to them.
Result<void> check_series(const Writing& writing, const surveys::Survey& survey, const SurveyFile& file) {
    const auto* before = writing.catalogue.newest(survey.id);
    if (before == nullptr) return {};
    std::string broken;
    for (const auto& change : surveys::diff(*before, survey, file.same_meaning)) {
        if (change.what != surveys::SeriesChange::What::Breaks) continue;
        for (const auto& why : change.why) broken += "\n  " + change.question + ": " + why;
    }
    if (broken.empty()) return {};
    return fail(Fault::Invalid, file.name + ": scores of revision " + std::to_string(before->revision) +
                                    " would be mixed with scores of something else:" + broken +
                                    "\nGive what changed a new question id, or name a question whose wording alone "
                                    "changed with --same-meaning");
}

}  // namespace

Result<bool> add_survey(Writing& writing, const SurveyFile& file) {
    auto survey = surveys::read_survey(file.text);
    if (!survey) return fail(Fault::Invalid, surveys::describe(file.name, survey.error()));
    if (const auto* known = writing.catalogue.find(survey->id, survey->revision)) {
        if (*known == *survey) return false;
        return fail(Fault::Invalid, file.name + ": the store knows another revision " +
                                        std::to_string(survey->revision) + " of survey " + survey->id +
                                        ": give the changed one a higher `revision`");
    }
    if (auto series = check_series(writing, *survey, file); !series) return std::unexpected{series.error()};
    auto transaction = platform::Transaction::begin(*writing.tables->database);
    if (!transaction) return std::unexpected{transaction.error()};
    if (auto added = writing.tables->surveys.add(*survey, file.text, writing.clock.now().utc); !added) {
        return std::unexpected{added.error()};
    }
    Placer placer{writing};
    if (auto scored = placer.score(*survey); !scored) return std::unexpected{scored.error()};
    if (auto counted = placer.finish(); !counted) return std::unexpected{counted.error()};
    if (auto committed = transaction->commit(); !committed) return std::unexpected{committed.error()};
    writing.catalogue.put(std::move(*survey));
    return true;
}

std::string administer(Writing& writing, std::string_view request) {
    return administer([&](const auto& change) { change(writing); }, request);
}

std::string administer(const WriterTurn& turn, std::string_view request) {
    const auto outcome = carry_out(turn, request);
    const auto answer = outcome ? json{{"ok", *outcome}} : json{{"error", outcome.error().message}};
    return answer.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace milepost::store
