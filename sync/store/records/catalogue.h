#pragma once

#include "surveys/model/response.h"
#include "surveys/model/survey.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace milepost::store {

/// The surveys that the store knows, all revisions of them. Pointers stay good until a survey is put.
class Catalogue {
public:
    void put(surveys::Survey survey);
    /// Exactly this revision; null: not known.
    [[nodiscard]] const surveys::Survey* find(std::string_view id, int revision) const;
    /// The newest revision; null: not known.
    [[nodiscard]] const surveys::Survey* newest(std::string_view id) const;
    /// The newest revision that has the question (its meaning is the same in all); null: not known.
    [[nodiscard]] const surveys::Survey* newest_with(std::string_view id, std::string_view question) const;
    [[nodiscard]] const surveys::Question* question(std::string_view id, std::string_view question) const;

private:
    std::map<std::string, std::map<int, surveys::Survey>, std::less<>> surveys_;
};

/// Why a response cannot be one to this survey: an unknown question or option, a value off the scale, an
/// answer of the wrong kind. nullopt: it fits.
[[nodiscard]] std::optional<std::string> misfit(const surveys::Survey& survey, const surveys::Response& response);

}  // namespace milepost::store
