#pragma once

#include "sync/store/ingest/writing.h"

#include <string>
#include <string_view>
#include <vector>

namespace milepost::store {

inline constexpr std::string_view kAdmin = "admin";

/// Makes `admin` with a random password and returns it; "" when there is one already.
[[nodiscard]] Result<std::string> make_first_user(Writing& writing);
/// A new random password for `admin`; ends its sessions.
[[nodiscard]] Result<std::string> reset_password(Writing& writing);

/// A survey's file, TOML or JSON.
struct SurveyFile {
    std::string text;
    std::string name;                            ///< what its problems are told under
    std::vector<std::string> same_meaning = {};  ///< questions whose changed wording still asks the same
};
/// Makes a survey known and scores the stored responses to it. False: the store knew it already.
/// Fault::Invalid when its revision is there with other content, or when it would break the series of a
/// question's scores under the question's old id (surveys/checks/diff.h).
[[nodiscard]] Result<bool> add_survey(Writing& writing, const SurveyFile& file);

/// What people ask of a store, as one JSON object each way: {"do":"survey add",…}, {"do":"password reset"},
/// those of bundle_, device_ and log_administration.h → {"ok":{…}} or {"error":"…"}. The same over the control
/// socket and without. Not on the writer's thread, which it is to have turns of; what it takes, others wait for.
[[nodiscard]] std::string administer(const WriterTurn& turn, std::string_view request);
/// Where nobody else is at work.
[[nodiscard]] std::string administer(Writing& writing, std::string_view request);

}  // namespace milepost::store
