#include "platform/screen/typesetter.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace milepost;
using namespace milepost::platform;

namespace {

constexpr const char* kEnglish = "How satisfied were you with your visit to our little store today?";
constexpr const char* kArabic = "ما مدى رضاك عن زيارتك اليوم؟";

std::unique_ptr<Typesetter> typesetter() {
    auto made = Typesetter::make();
    if (!made) FAIL(made.error().message);
    return std::move(*made);
}

TextImage measure(const std::string& text, const TextStyle& style) {
    return typesetter()->set(text, style, Want::Measures).measures;
}

struct Ink {
    int first = 1 << 20;
    int last = -1;
};

/// Where the ink of each line begins and ends.
std::vector<Ink> line_inks(const std::string& text, const TextStyle& style) {
    SetText set = typesetter()->set(text, style, Want::Picture);
    const double pitch = static_cast<double>(set.measures.layout_height) / set.measures.lines;
    std::vector<Ink> inks(static_cast<std::size_t>(set.measures.lines));
    for (int y = 0; y < set.picture->height(); ++y) {
        const double line = (y + static_cast<double>(set.measures.offset_y)) / pitch;
        const auto index = static_cast<std::size_t>(std::clamp(line, 0.0, set.measures.lines - 1.0));
        for (int x = 0; x < set.picture->width(); ++x) {
            if (set.picture->row(y)[x] >> 24 == 0) continue;
            inks[index].first = std::min(inks[index].first, x);
            inks[index].last = std::max(inks[index].last, x);
        }
    }
    return inks;
}

std::vector<int> line_widths(const std::string& text, const TextStyle& style) {
    std::vector<int> widths;
    for (const Ink& ink : line_inks(text, style)) widths.push_back(ink.last - ink.first + 1);
    return widths;
}

int spread(const std::vector<int>& widths) {
    return *std::max_element(widths.begin(), widths.end()) - *std::min_element(widths.begin(), widths.end());
}

bool is_white(SetText& set) {
    for (int y = 0; y < set.picture->height(); ++y) {
        for (int x = 0; x < set.picture->width(); ++x) {
            if ((set.picture->row(y)[x] & 0xFFFFFF) != 0xFFFFFF) return false;
        }
    }
    return true;
}

bool same_ink(const std::string& text, const std::string& left, const std::string& right) {
    auto pango = typesetter();
    const SetText first = pango->set(text, {.language = left, .size = 80}, Want::Picture);
    const SetText second = pango->set(text, {.language = right, .size = 80}, Want::Picture);
    if (first.measures.width != second.measures.width || first.measures.height != second.measures.height) return false;
    const auto pixels = static_cast<std::size_t>(first.measures.width * first.measures.height);
    return std::equal(first.picture->data(), first.picture->data() + pixels, second.picture->data());
}

}  // namespace

TEST_CASE("text: the direction follows the script and the language") {
    CHECK_FALSE(measure(kEnglish, {}).right_to_left);
    CHECK(measure(kArabic, {.language = "ar"}).right_to_left);
    CHECK(measure(kArabic, {.language = "en"}).right_to_left);
    CHECK(measure("Wi-Fi كيف كانت", {.language = "ar"}).right_to_left);
    CHECK_FALSE(measure("Wi-Fi", {.language = "ar"}).right_to_left);
    CHECK(measure("איך הייתה החוויה", {.language = "he"}).right_to_left);
}

TEST_CASE("text: the start of the lines is where reading begins") {
    const auto [language, text, at_right] = GENERATE(table<const char*, const char*, bool>({
        {"en", "one two three four\nfive", false},
        {"ar", "ما مدى رضاك عن زيارتك\nاليوم", true},
        {"en", "ما مدى رضاك عن زيارتك\nاليوم", true},
        {"ar", "one two three four\nfive", false},
    }));
    INFO(language << " " << text);
    const auto gap = [&](Align align, bool right) {
        const auto inks = line_inks(text, {.language = language, .size = 40, .width = 600, .align = align});
        REQUIRE(inks.size() == 2);
        return std::abs(right ? inks[0].last - inks[1].last : inks[0].first - inks[1].first);
    };
    CHECK(gap(Align::Start, at_right) < 8);
    CHECK(gap(Align::Start, !at_right) > 80);
    CHECK(gap(Align::End, !at_right) < 8);
    CHECK(gap(Align::Center, at_right) > 40);
}

TEST_CASE("text: each script that we ship a font for is known and anything else is counted") {
    const auto [language, text] = GENERATE(table<const char*, const char*>({
        {"en", "How was it? – “Fine”, 5 €"},
        {"de", "Wie zufrieden waren Sie? Süß, groß"},
        {"ar", "ما مدى رضاك عن زيارتك اليوم؟ ٢"},
        {"ru", "Как вы оцениваете работу?"},
        {"el", "Πώς ήταν η εμπειρία σας;"},
        {"vi", "Trải nghiệm của quý khách thế nào?"},
        {"he", "איך הייתה החוויה שלך?"},
        {"hi", "आपका अनुभव कैसा रहा?"},
        {"th", "วันนี้คุณพึงพอใจ"},
        {"zh-Hans", "您今天对我们员工的服务"},
        {"ja", "本日のスタッフの対応"},
        {"ko", "오늘 저희 직원의"},
    }));
    INFO(language);
    CHECK(measure(text, {.language = language}).unknown_glyphs == 0);
    CHECK(measure("ab\U0010FFFDc\U0010FFFC", {.language = language}).unknown_glyphs == 2);
}

TEST_CASE("text: lines are balanced without becoming more") {
    const TextStyle plain{.size = 48, .weight = 600, .width = 700, .align = Align::Center, .balance = false};
    TextStyle balanced = plain;
    balanced.balance = true;

    const auto before = line_widths(kEnglish, plain);
    const auto after = line_widths(kEnglish, balanced);

    REQUIRE(before.size() == after.size());
    REQUIRE(before.size() >= 2);
    CHECK(spread(after) < spread(before));
    CHECK(spread(after) < 150);
}

TEST_CASE("text: balancing breaks no word") {
    const char* text = GENERATE("Verfügbarkeit von Waren", "Die Verfügbarkeit", "Freundlichkeit des Personals");
    TextStyle style{.language = "de", .size = 30, .align = Align::Center};
    const float word =
        measure(std::string{text}.find("Verf") == std::string::npos ? "Freundlichkeit" : "Verfügbarkeit", style)
            .layout_width;
    for (const float room : {2.0F, 20.0F, 60.0F}) {
        style.width = std::ceil(word + room);
        style.balance = false;
        const int lines = measure(text, style).lines;
        style.balance = true;
        const TextImage balanced = measure(text, style);
        INFO(text << " in " << style.width);
        CHECK(balanced.lines == lines);
        CHECK(balanced.layout_width >= std::floor(word));
    }
}

TEST_CASE("text: a word wider than the line is broken also in balanced text") {
    const TextStyle style{.language = "de", .size = 30, .width = 100, .align = Align::Center};
    const TextImage image = measure("Verfügbarkeit von Waren", style);
    CHECK(image.lines >= 3);
    CHECK(image.layout_width <= 100);
}

TEST_CASE("text: nothing is wider than asked for") {
    const float width = GENERATE(200.0F, 333.0F, 640.0F, 1120.0F);
    const TextImage image = measure(kEnglish, {.size = 40, .width = width});
    CHECK(image.layout_width <= width);
    CHECK(image.lines > 0);
}

TEST_CASE("text: the line pitch belongs to the script") {
    const auto [language, text, factor] = GENERATE(table<const char*, const char*, float>({
        {"en", "one\ntwo", 1.20F},
        {"vi", "một\nhai", 1.30F},
        {"ja", "一\n二", 1.35F},
        {"hi", "एक\nदो", 1.45F},
        {"ar", "واحد\nاثنان", 1.50F},
        {"en", "واحد\nاثنان", 1.50F},
        {"th", "หนึ่ง\nสอง", 1.50F},
    }));
    INFO(language);
    CHECK(measure(text, {.language = language, .size = 100}).layout_height == Approx(2 * 100 * factor).margin(1));
}

TEST_CASE("text: too many lines end in an ellipsis") {
    const TextStyle style{.size = 48, .width = 400, .most_lines = 2};

    CHECK(measure(kEnglish, style).lines == 2);
    CHECK(measure(kEnglish, style).ellipsized);
    CHECK_FALSE(measure("How was it?", style).ellipsized);
    CHECK_FALSE(measure(kEnglish, {.size = 48, .width = 400}).ellipsized);
}

TEST_CASE("text: Korean words are kept whole") {
    const TextStyle style{.language = "ko", .size = 40, .width = 210, .balance = false};
    // Each word fits a line, two do not: as many lines as words.
    CHECK(measure("안녕하세요 반갑습니다 감사합니다", style).lines == 3);
    CHECK(measure("안녕 하세 요반 갑습", {.language = "ko", .size = 40, .width = 210}).lines == 2);
}

TEST_CASE("text: Chinese and Japanese get their own glyphs") {
    CHECK_FALSE(same_ink("直骨", "zh-Hans", "ja"));
    CHECK_FALSE(same_ink("骨", "zh-Hans", "zh-Hant"));
    CHECK(same_ink("直", "ja", "ja-JP"));
}

TEST_CASE("text: letters are white and colour glyphs bring the asked colour along") {
    auto pango = typesetter();
    SetText plain = pango->set("Gut", {.colour = 0x123456}, Want::Picture);
    CHECK_FALSE(plain.measures.coloured);
    CHECK(is_white(plain));

    SetText emoji = pango->set("Gut 😀", {.size = 64, .colour = 0x123456}, Want::Picture);
    CHECK(emoji.measures.coloured);
    CHECK(emoji.measures.unknown_glyphs == 0);
    CHECK_FALSE(is_white(emoji));
    bool asked = false;
    for (int x = 0; x < emoji.measures.width; ++x) {
        for (int y = 0; y < emoji.measures.height; ++y) asked = asked || emoji.picture->row(y)[x] == 0xFF123456;
    }
    CHECK(asked);
}

TEST_CASE("text: heavier weights are heavier") {
    const auto weight_of = [](const char* text, const char* language, int weight) {
        const SetText set =
            typesetter()->set(text, {.language = language, .size = 60, .weight = weight}, Want::Picture);
        long ink = 0;
        for (int i = 0; i < set.measures.width * set.measures.height; ++i) ink += set.picture->data()[i] >> 24;
        return ink;
    };
    CHECK(weight_of("satisfied", "en", 400) < weight_of("satisfied", "en", 500));
    CHECK(weight_of("satisfied", "en", 500) < weight_of("satisfied", "en", 600));
    CHECK(weight_of("satisfied", "en", 600) < weight_of("satisfied", "en", 700));
    CHECK(weight_of(kArabic, "ar", 400) == weight_of(kArabic, "ar", 500));
    CHECK(weight_of(kArabic, "ar", 500) < weight_of(kArabic, "ar", 600));
    CHECK(weight_of(kArabic, "ar", 600) == weight_of(kArabic, "ar", 700));
}

TEST_CASE("text: broken UTF-8 and empty text are set without harm") {
    CHECK(measure("", {}).width > 0);
    CHECK(measure("", {}).layout_height > 0);
    CHECK(measure("caf\xC3", {}).lines == 1);
    CHECK(measure(std::string{"a\0b", 3}, {}).lines == 1);
}
