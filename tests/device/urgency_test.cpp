#include "sync/device/urgency.h"

#include "tests/device/device_log_writer.h"

#include <catch2/catch.hpp>

namespace milepost::device::test {
namespace {

constexpr const char* kSurvey = R"(
id = "shop"
title = "Shop"
languages = ["en"]

[[question]]
id = "reason"
kind = "choice"
text.en = "What went wrong?"
options = [
    { id = "leak", urgent = true, text.en = "A leak" },
    { id = "queue", text.en = "The queue" },
]
)";

struct News {
    News() {
        log.add_survey("shop", 1, kSurvey);
        log.begin_epoch();
    }
    void answer(const std::string& option, const std::string& survey = "shop") {
        log.add_response({.id = platform::make_uuid7({}),
                          .survey = survey,
                          .touchpoint = "t",
                          .language = "en",
                          .answers = {{.question = "reason", .options = {option}}}});
    }
    bool is_urgent(std::int64_t sent = 0) {
        Marks marks;
        marks[log.epochs().back()] = {.epoch = log.epochs().back(), .next = sent + 1};
        return urgency.is_in_news(combine(*reader.epochs(), marks));
    }

    TempDirectory data;
    LogWriter log{data.path()};
    DeviceLog reader{data.path()};
    Urgency urgency{reader};
};

TEST_CASE("urgency: an answer with an urgent option is found once") {
    News news;
    news.answer("queue");
    CHECK_FALSE(news.is_urgent());
    news.answer("leak");
    CHECK(news.is_urgent());
    CHECK_FALSE(news.is_urgent());
    news.answer("queue");
    CHECK_FALSE(news.is_urgent());
    news.answer("leak");
    CHECK(news.is_urgent());
}

TEST_CASE("urgency: what was sent and surveys that nobody knows are not urgent") {
    News news;
    news.answer("leak");
    CHECK_FALSE(news.is_urgent(2));
    news.answer("leak", "unknown");
    CHECK_FALSE(news.is_urgent(2));
}

}  // namespace
}  // namespace milepost::device::test
