#pragma once

#include "kiosk/ruler.h"
#include "surveys/model/survey.h"

#include <functional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace milepost::kiosk {

/// A text of a survey with characters that no font of ours has: people would see empty boxes.
struct Lacking {
    std::string place;  ///< as in SourceMap: "question.2.options.0.text.de"
    std::string language;
    std::string characters;  ///< each once, for people: "'𓀀' (U+13000)"
    bool operator==(const Lacking&) const = default;
};

/// All of them, in the order of the survey; fewer where it was asked to stop.
[[nodiscard]] std::vector<Lacking> lacking_glyphs(const surveys::Survey& survey, Ruler& ruler,
                                                  const std::stop_token& stop = {});

/// Looks a survey over for what its fonts lack, beside everything else, with fonts of its own, and says so in the
/// log.
class GlyphWatch {
public:
    using Tell = std::function<void(const std::string&)>;
    /// By `tell`, from the thread that looks; without one, as warnings in the log.
    explicit GlyphWatch(Tell tell = {});

    /// The first time; later calls do nothing.
    void look_once(const surveys::Survey& survey);
    /// Until all was looked at.
    void finish();

private:
    Tell tell_;
    bool looked_ = false;
    std::jthread thread_;
};

}  // namespace milepost::kiosk
