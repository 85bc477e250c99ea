#include "kiosk/data/demo_person.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace milepost::kiosk {
namespace {

// Most are content, few are in between: the J shape of customer ratings.
constexpr std::array kMoodWeights{7.0, 7.0, 13.0, 33.0, 40.0};
// What a mood scores on 0..10, and how far people of one mood are apart.
constexpr std::array kNpsMean{1.5, 4.0, 6.5, 8.2, 9.4};
constexpr double kNpsSpread = 1.3;
constexpr double kWalksOff = 0.04;
constexpr double kSkips = 0.3;
constexpr double kComments = 0.12;
constexpr double kSecondReason = 0.25;
constexpr double kFlagged = 0.02;

int draw(std::mt19937_64& random, const std::vector<double>& weights) {
    return std::discrete_distribution<int>{weights.begin(), weights.end()}(random);
}

}  // namespace

DemoPerson::DemoPerson(const surveys::Survey& survey, std::mt19937_64& random)
    : random_(random),
      mood_(1 + draw(random, {kMoodWeights.begin(), kMoodWeights.end()})),
      language_(survey.default_language()) {
    if (survey.languages.size() > 1 && happens(0.2)) {
        std::uniform_int_distribution<std::size_t> other{1, survey.languages.size() - 1};
        language_ = survey.languages[other(random_)];
        language_source_ = surveys::LanguageSource::Picked;
    }
}

std::vector<std::string> DemoPerson::mode() {
    return happens(0.03) ? std::vector<std::string>{"large_text"} : std::vector<std::string>{};
}

std::chrono::milliseconds DemoPerson::thinks() {
    std::lognormal_distribution<double> seconds{0.7, 0.5};  // median 2 s
    return std::chrono::milliseconds{std::clamp(std::llround(seconds(random_) * 1'000), 400LL, 20'000LL)};
}

bool DemoPerson::walks_off() {
    return happens(kWalksOff);
}

bool DemoPerson::happens(double probability) {
    return std::bernoulli_distribution{probability}(random_);
}

void DemoPerson::answer(surveys::Session& session, surveys::Session::Now now) {
    const surveys::Question& question = session.question();
    if (session.can_skip() && happens(question.kind == surveys::Kind::Text ? 1 - kComments : kSkips)) {
        session.skip(now);
        return;
    }
    switch (question.kind) {
        case surveys::Kind::Nps: {
            std::normal_distribution<double> likely{kNpsMean[static_cast<std::size_t>(mood_ - 1)], kNpsSpread};
            session.answer_value(static_cast<int>(std::clamp(std::lround(likely(random_)), 0L, 10L)), now);
            break;
        }
        case surveys::Kind::Choice:
        case surveys::Kind::Multi:
            session.answer_options(picks(session, question.kind == surveys::Kind::Multi && happens(kSecondReason)),
                                   now);
            break;
        case surveys::Kind::Emotion:
            question.is_named_set() ? session.answer_options({feeling(question)}, now)
                                    : session.answer_value(mood_ - 3, now);
            break;
        case surveys::Kind::Number:
            session.answer_value(std::uniform_int_distribution<int>{question.least, question.most}(random_), now);
            break;
        case surveys::Kind::Text:
            session.answer_text(comment(), now);
            break;
        case surveys::Kind::Contact:  // nobody's address is made up
            session.skip(now);
            break;
        case surveys::Kind::Info:
            session.acknowledge(now);
            break;
        default:
            session.answer_value(on_scale(*surveys::scale_of(question.kind)), now);
    }
}

/// The mood on another scale's length.
int DemoPerson::on_scale(surveys::Scale scale) const {
    return scale.least + static_cast<int>(std::lround((mood_ - 1) / 4.0 * (scale.size() - 1)));
}

std::vector<std::string> DemoPerson::picks(const surveys::Session& session, bool second) {
    const auto options = session.options();
    std::vector<double> weights;  // the first options are the commonest
    for (std::size_t i = 0; i < options.size(); ++i) weights.push_back(1.0 / static_cast<double>(i + 1));
    const auto one = [&] { return static_cast<std::size_t>(draw(random_, weights)); };
    const std::size_t first = one();
    const std::size_t other = second ? one() : first;
    std::vector<std::string> chosen{options[first]->id};
    const bool alone = options[first]->none || options[other]->none;
    if (other != first && !alone) chosen.push_back(options[other]->id);
    return chosen;
}

/// The named emotion nearest to the mood.
std::string DemoPerson::feeling(const surveys::Question& question) const {
    const auto distance = [&](const surveys::Option& option) { return std::abs(option.valence - (mood_ - 3)); };
    return std::ranges::min_element(question.options, {}, distance)->id;
}

std::string DemoPerson::comment() const {
    if (mood_ <= 2) return "Only one checkout was open and the queue went round the shelves.";
    if (mood_ == 3) return "All right, but I had to look for the oat milk twice.";
    return "Friendly people, and everything was where I looked for it.";
}

std::vector<std::string> DemoPerson::flags() {
    constexpr std::array kReasons{"repeat", "too_fast", "burst"};
    if (!happens(kFlagged)) return {};
    return {kReasons[static_cast<std::size_t>(draw(random_, {6, 3, 1}))]};
}

}  // namespace milepost::kiosk
