#include "tests/kiosk/every_kind_everywhere.h"

#include "surveys/reading/survey_reader.h"

#include <catch2/catch.hpp>

extern "C" {
extern const char milepost_every_kind_everywhere_begin[];
extern const char milepost_every_kind_everywhere_end[];
}

namespace milepost::kiosk::test {

const surveys::Survey& every_kind_everywhere() {
    static const surveys::Survey survey = [] {
        const std::string_view toml{milepost_every_kind_everywhere_begin, milepost_every_kind_everywhere_end};
        const auto read = surveys::read_survey(toml);
        if (!read) FAIL(surveys::describe("every_kind_everywhere.toml", read.error()));
        return *read;
    }();
    return survey;
}

}  // namespace milepost::kiosk::test
