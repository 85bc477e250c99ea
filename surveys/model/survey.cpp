#include "surveys/model/survey.h"

#include <algorithm>

namespace milepost::surveys {

const Option* Question::find(std::string_view option) const {
    const auto found = std::ranges::find(options, option, &Option::id);
    return found == options.end() ? nullptr : &*found;
}

const Question* Survey::find(std::string_view question) const {
    const auto found = std::ranges::find(questions, question, &Question::id);
    return found == questions.end() ? nullptr : &*found;
}

}  // namespace milepost::surveys
