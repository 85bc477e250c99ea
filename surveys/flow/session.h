#pragma once

#include "surveys/flow/asking.h"
#include "surveys/model/response.h"
#include "surveys/model/survey.h"

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace milepost::surveys {

struct Path;

/// One person's way through one revision of a survey: a pure state machine, a value. `now` is any
/// monotonic time. Calls that make no sense where the visit stands change nothing and return false.
class Session {
public:
    using Now = std::chrono::milliseconds;
    struct Start {
        std::string response_id;
        std::string touchpoint;
        std::string language;
        LanguageSource language_source = LanguageSource::Default;
        std::vector<std::string> mode;
        std::optional<LocalMoment> local;  ///< on the touchpoint's wall clock; pinned for the visit
        Now patience = Now::max();         ///< a tick so long after the last event ends the visit by timeout
    };
    enum class Phase {
        Asking,  ///< `question()` is on the screen
        Done,    ///< nothing left to ask; answers can still be changed by `back`
        Over,    ///< left or timed out: nothing changes any more
    };

    /// `survey` must outlive the session and must have a question that is asked of everybody. A language that it
    /// does not have becomes its default.
    Session(const Survey& survey, Start start, Now now);

    [[nodiscard]] Phase phase() const;
    [[nodiscard]] const Survey& survey() const { return *survey_; }
    /// The question on the screen; in Phase::Done the last one of the path.
    [[nodiscard]] const Question& question() const;
    /// The options that the answers so far allow, in the order in which this visit shows them.
    [[nodiscard]] std::vector<const Option*> options() const;
    /// Everything a screen needs, texts filled in and in the visit's language.
    struct View {
        Phase phase = Phase::Asking;
        const Question* question = nullptr;  ///< null unless Asking
        std::string text;                    ///< Asking: the question; else what the thank-you screen says
        std::vector<std::string> labels;     ///< as labels_of; none for a named set, whose words are choices
        struct Choice {
            const Option* option = nullptr;
            std::string text;
            bool picked = false;
        };
        std::vector<Choice> choices;
        const Answer* answer = nullptr;  ///< the session's
        int place = 1;
        int of = 1;
        bool can_go_back = false;
        bool can_skip = false;
        std::string language;
        bool right_to_left = false;
    };
    [[nodiscard]] View view() const;
    /// The answer that `question()` has already (after `back`), or null.
    [[nodiscard]] const Answer* answer() const;
    /// 1-based place of `question()` and how many there will be on the path as it looks now: a condition on what
    /// is not yet answered counts as false, options that are to come count as there. Info pages do not count.
    struct Progress {
        int place = 1;
        int of = 1;
        bool operator==(const Progress&) const = default;
    };
    [[nodiscard]] Progress progress() const;
    [[nodiscard]] bool can_go_back() const;
    [[nodiscard]] bool can_skip() const;
    [[nodiscard]] const std::string& language() const { return where_.language; }

    /// A value on the question's scale, or within a number's bounds.
    bool answer_value(int value, Now now);
    /// Ids among `options()`: one for a choice or a named emotion, as many as it allows for a multi, "none of
    /// these" alone.
    bool answer_options(std::vector<std::string> options, Now now);
    /// Free text; cut to the question's `max_chars` code points. False for nothing but white space.
    bool answer_text(std::string text, Now now);
    /// For a contact question; the kiosk has sealed it. False where the consent is not the one shown.
    bool answer_contact(SealedContact contact, Now now);
    /// Goes on from an info page, which leaves no answer in the response.
    bool acknowledge(Now now);
    /// Leaves an optional question unanswered.
    bool skip(Now now);
    /// To the question before, answers kept; changing one drops the answers that it makes unreachable, and what
    /// was skipped or answered with "none of these" among options that are now others. Changing it back brings
    /// nothing back. Answering goes on to the first question without an answer.
    bool back(Now now);
    /// Keeps the answers but those that the new language makes unreachable: a response must be valid for the
    /// language that it records. Asks what the new language makes reachable. False for a language that the
    /// survey does not have. `now` is needed only where another question may come on the screen.
    bool change_language(const std::string& language, std::optional<Now> now = std::nullopt);
    /// Ends the visit for good (Phase::Over); `response` then says so whatever it is asked. Ended::Complete only
    /// in Phase::Done.
    bool leave(Ended ended, Now now);

    /// The same as data, for whoever stores, replays or generates events.
    struct Tick {};  ///< past `patience` the visit ends: complete in Phase::Done, else by timeout
    struct Back {};
    struct Skip {};
    struct Acknowledge {};
    struct ChangeLanguage {
        std::string language;
    };
    struct Leave {
        Ended ended = Ended::Left;
    };
    using Event = std::variant<int, std::vector<std::string>, std::string, SealedContact, Back, Skip, Acknowledge,
                               ChangeLanguage, Tick, Leave>;
    bool apply(const Event& event, Now now);

    /// Whether a person has answered anything at all: no response is made of nothing.
    [[nodiscard]] bool has_answers() const;
    /// The response as it stands. A question that is on the screen, or was left by `back`, without an answer
    /// counts as skipped once the visit ends by timeout or by leaving. In Phase::Done the time taken ends with
    /// the last answer.
    [[nodiscard]] Response response(Ended ended, Now now) const;

private:
    [[nodiscard]] Visit visit() const { return {start_.response_id, &where_}; }
    [[nodiscard]] Path path() const;
    [[nodiscard]] bool is_asking() const { return at_ && !over_; }
    /// The question's index, in Phase::Done that of the last one.
    [[nodiscard]] std::size_t place() const;
    [[nodiscard]] std::vector<std::string> labels() const;
    [[nodiscard]] std::vector<View::Choice> choices() const;
    /// Puts the answer in, drops what it makes unreachable, goes on.
    bool settle(std::optional<Answer> answer, Now now);
    void show(std::optional<std::size_t> question, Now now);
    void go_on(Now now);
    [[nodiscard]] std::vector<Answer> answers_with_skips(Now now) const;

    /// A question that `back` left without an answer.
    struct Left {
        std::size_t question;
        Now took;
    };
    struct Over {
        Ended ended;
        Now at;
    };
    const Survey* survey_;
    Start start_;  ///< as it was given
    Circumstances where_;
    Now began_;
    Now shown_;                      ///< when the question on the screen, or Phase::Done, began
    Now touched_;                    ///< the last event but ticks
    std::vector<Answer> answers_;    ///< answers that stand, in the survey's order
    std::optional<std::size_t> at_;  ///< index of the question on the screen; nullopt: none is left
    std::vector<std::size_t> acknowledged_;
    std::vector<Left> left_;
    std::optional<Over> over_;
};

}  // namespace milepost::surveys
