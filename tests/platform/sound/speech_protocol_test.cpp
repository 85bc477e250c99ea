#include "platform/sound/speech_protocol.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace milepost;
using namespace milepost::platform;

TEST_CASE("speech protocol: an order is read back as it was written") {
    const SpeechOrder order = GENERATE(SpeechOrder{7, 165, "en-gb", "How was it?"},
                                       SpeechOrder{1, 80, "ar", "كيف  كان"}, SpeechOrder{4'000'000'000, 0, "", ""});
    const std::string line = write_order(order);
    REQUIRE(line.back() == '\n');
    CHECK(read_order(std::string_view{line}.substr(0, line.size() - 1)) == order);
}

TEST_CASE("speech protocol: a survey's text cannot give orders of its own") {
    const std::string line = write_order({3, 165, "de", "eins\nstop 99\nsay 9 1 en drei\r\n"});
    CHECK(std::ranges::count(line, '\n') == 1);
    CHECK(line.back() == '\n');
}

TEST_CASE("speech protocol: a long text is cut between characters") {
    std::string text = "a";
    while (text.size() < kMostSpeechBytes + 10) text += "é";
    const std::string line = write_order({1, 165, "fr", text});
    CHECK(line.size() <= kMostSpeechBytes + 20);
    CHECK(line.substr(line.size() - 3) == "é\n");
}

TEST_CASE("speech protocol: what is no order is none") {
    const std::string line = GENERATE(as<std::string>{}, "", "say", "say x 1 en hi", "say 1 fast en hi", "say 1 100",
                                      "shout 1 100 en hi", "stop", "stop -1", "say 99999999999 1 en hi");
    INFO(line);
    CHECK_FALSE(read_order(line));
}

TEST_CASE("speech protocol: frames come out whole whatever pieces they came in") {
    const std::string stream = write_frame({SpeechFrame::Kind::Hello, 0, "22050\nen"}) +
                               write_frame({SpeechFrame::Kind::Samples, 8, std::string(5000, 'x')}) +
                               write_frame({SpeechFrame::Kind::End, 8, ""});
    const std::size_t piece = GENERATE(1U, 7U, 4096U, 100'000U);
    SpeechFrames frames;
    std::vector<SpeechFrame> found;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
        frames.add(std::string_view{stream}.substr(at, piece));
        for (auto frame = frames.next(); frame.value(); frame = frames.next()) found.push_back(**frame);
    }
    REQUIRE(found.size() == 3);
    CHECK(found[0].payload == "22050\nen");
    CHECK(found[1].number == 8);
    CHECK(found[1].payload.size() == 5000);
    CHECK(found[2].kind == SpeechFrame::Kind::End);
}

TEST_CASE("speech protocol: a helper that babbles is found out") {
    SpeechFrames frames;
    frames.add(GENERATE(std::string(20, 'z'), "P\x01" + std::string(3, '\0') + std::string(4, '\x7F') + "aaaa"));
    const auto frame = frames.next();
    REQUIRE_FALSE(frame);
    CHECK(frame.error().fault == Fault::Corrupt);
}
