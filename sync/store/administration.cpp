#include "sync/store/administration.h"

#include "surveys/reading/survey_reader.h"
#include "sync/store/enrolment.h"
#include "sync/store/ingest/placer.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace milepost::store {

namespace {

using nlohmann::json;

constexpr int kMostValidMinutes = 7 * 24 * 60;

/// 75 random bits in small letters: "7k3pq-9qxmt-4vwad".
std::string make_password() {
    auto password = make_code();
    std::ranges::transform(password, password.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return password;
}

Result<json> device_add(Writing& writing, const json& request) {
    const NewDevice device{
        .name = request.value("name", ""),
        .site = request.value("site", ""),
        .touchpoint = request.value("touchpoint", ""),
        .time_zone = request.value("time_zone", ""),
        .valid = std::chrono::minutes{std::clamp(request.value("valid_minutes", 15), 1, kMostValidMinutes)}};
    const auto code = add_device(writing, device);
    if (!code) return std::unexpected{code.error()};
    return json{{"device", code->device}, {"code", code->code}, {"expires", platform::format_rfc3339(code->expires)}};
}

Result<json> survey_add(Writing& writing, const json& request) {
    const auto added = add_survey(writing, request.value("toml", ""), request.value("file", "survey"));
    if (!added) return std::unexpected{added.error()};
    return json{{"added", *added}};
}

Result<json> password_reset(Writing& writing) {
    const auto password = reset_password(writing);
    if (!password) return std::unexpected{password.error()};
    return json{{"user", kAdmin}, {"password", *password}};
}

Result<json> carry_out(Writing& writing, std::string_view text) {
    const auto request = json::parse(text, nullptr, false);
    if (!request.is_object()) return fail(Fault::Invalid, "not a JSON object");
    try {
        const auto what = request.value("do", "");
        if (what == "device add") return device_add(writing, request);
        if (what == "survey add") return survey_add(writing, request);
        if (what == "password reset") return password_reset(writing);
        return fail(Fault::Invalid, "unknown request \"" + what + "\"");
    } catch (const json::exception& wrong) {  // a member of the wrong type
        return fail(Fault::Invalid, wrong.what());
    }
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

Result<bool> add_survey(Writing& writing, std::string_view toml, std::string_view file) {
    auto survey = surveys::read_survey(toml);
    if (!survey) return fail(Fault::Invalid, surveys::describe(file, survey.error()));
    if (const auto* known = writing.catalogue.find(survey->id, survey->revision)) {
        if (*known == *survey) return false;
        return fail(Fault::Invalid, std::string{file} + ": the store knows another revision " +
                                        std::to_string(survey->revision) + " of survey " + survey->id +
                                        ": give the changed one a higher `revision`");
    }
    auto transaction = platform::Transaction::begin(*writing.tables->database);
    if (!transaction) return std::unexpected{transaction.error()};
    if (auto added = writing.tables->surveys.add(*survey, toml, writing.clock.now().utc); !added) {
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
    const auto outcome = carry_out(writing, request);
    const auto answer = outcome ? json{{"ok", *outcome}} : json{{"error", outcome.error().message}};
    return answer.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace milepost::store
