#include "kiosk/entry/entry.h"

#include <catch2/catch.hpp>

using namespace milepost;
using namespace milepost::kiosk;
using namespace std::chrono_literals;

namespace {

/// A field and its keyboard; a touch a second unless said otherwise.
struct Desk {
    Entry entry;
    platform::SteadyTime now{1000s};

    explicit Desk(const surveys::Question& question) : entry(question, "en", {"en", "de"}) {}

    void act(const EntryAct& act, std::chrono::milliseconds after = 1s) {
        now += after;
        entry.act(act, 80ms, now);
    }
    void tap(const std::string& key, std::chrono::milliseconds after = 1s) {
        const auto found = entry.keyboard.find("key:" + key);
        REQUIRE(found);
        act(KeyTapped{*found}, after);
    }
    void type(const std::string& keys) {
        for (const char key : keys) {
            tap(std::string(1, key));
        }
    }
};

surveys::Question text_question(int most = 280) {
    return {.id = "comment", .kind = surveys::Kind::Text, .max_chars = most};
}

surveys::Question contact_question(std::vector<surveys::ContactWay> ways) {
    return {.id = "reply", .kind = surveys::Kind::Contact, .ways = std::move(ways)};
}

using surveys::ContactWay;

}  // namespace

TEST_CASE("entry: keys write into the field") {
    Desk desk{text_question()};
    desk.type("so");
    desk.tap("space");
    desk.tap("shift");
    desk.type("nice");
    CHECK(desk.entry.field.text() == "so Nice");
    desk.tap("left");
    desk.tap("erase");
    CHECK(desk.entry.field.text() == "so Nie");
}

TEST_CASE("entry: two keys in quick turn are both typed and a trembling finger is one") {
    Desk desk{text_question()};
    desk.tap("a");
    desk.tap("b", 10ms);
    desk.tap("a", 10ms);
    CHECK(desk.entry.field.text() == "aba");
    desk.tap("a", 60ms);
    CHECK(desk.entry.field.text() == "aba");
    desk.tap("a", 120ms);
    CHECK(desk.entry.field.text() == "abaa");
}

TEST_CASE("entry: a held key offers its letters and the one picked is typed in its place") {
    Desk desk{text_question()};
    desk.act(KeyHeld{*desk.entry.keyboard.find("key:e")});
    CHECK(desk.entry.held_key == "key:e");
    CHECK(desk.entry.field.text().empty());
    desk.act(HeldPicked{"é"});
    CHECK(desk.entry.held_key.empty());
    CHECK(desk.entry.field.text() == "é");

    desk.act(KeyHeld{*desk.entry.keyboard.find("key:e")});
    desk.tap("a");
    CHECK(desk.entry.held_key.empty());
    CHECK(desk.entry.field.text() == "éa");
}

TEST_CASE("entry: a held erase key goes on erasing") {
    Desk desk{text_question()};
    desk.type("abcd");
    const Key erase = *desk.entry.keyboard.find("key:erase");
    desk.act(KeyHeld{erase});
    desk.act(KeyHeld{erase}, 80ms);
    CHECK(desk.entry.field.text() == "ab");
}

TEST_CASE("entry: one touch places the caret, two select a word, three everything") {
    Desk desk{text_question()};
    desk.entry.field.set("good bad ugly");
    desk.act(FieldTapped{6});
    CHECK(desk.entry.field.caret() == 6);
    CHECK(desk.entry.field.selection().empty());
    desk.act(FieldTapped{6}, 300ms);
    CHECK(desk.entry.field.selection() == platform::TextRange{5, 8});
    desk.act(FieldTapped{6}, 300ms);
    CHECK(desk.entry.field.selection() == platform::TextRange{0, 13});
    desk.act(FieldTapped{2}, 2s);
    CHECK(desk.entry.field.caret() == 2);
    CHECK(desk.entry.field.selection().empty());
}

TEST_CASE("entry: the question says how much can be written") {
    Desk desk{text_question(3)};
    desk.type("abcd");
    CHECK(desk.entry.field.text() == "abc");
}

TEST_CASE("entry: a provider is put behind the name in place of any other domain") {
    Desk desk{contact_question({ContactWay::Email})};
    CHECK(desk.entry.step == Entry::Step::Typing);
    desk.type("maria");
    desk.tap("@gmail.com");
    CHECK(desk.entry.field.text() == "maria@gmail.com");
    desk.tap("@icloud.com");
    CHECK(desk.entry.field.text() == "maria@icloud.com");
    CHECK(desk.entry.field.caret() == desk.entry.field.text().size());
}

TEST_CASE("entry: what is no address stays with the reason until something is changed") {
    Desk desk{contact_question({ContactWay::Email})};
    desk.type("maria");
    CHECK_FALSE(desk.entry.check_contact());
    CHECK(desk.entry.fault == ContactFault::EmailNeedsAt);
    CHECK(desk.entry.step == Entry::Step::Typing);
    CHECK(desk.entry.field.text() == "maria");
    desk.tap("@gmail.com");
    CHECK(desk.entry.fault == ContactFault::None);
    CHECK(desk.entry.check_contact());
    CHECK(desk.entry.step == Entry::Step::Consent);
}

TEST_CASE("entry: the way is chosen first where there are two and every step leads back") {
    Desk desk{contact_question({ContactWay::Email, ContactWay::Phone})};
    CHECK(desk.entry.step == Entry::Step::Way);
    CHECK_FALSE(desk.entry.step_back());
    desk.act(WayPicked{ContactWay::Phone});
    CHECK(desk.entry.is_phone());
    CHECK(desk.entry.step == Entry::Step::Typing);
    desk.entry.field.set("+43 664 123456");
    CHECK(desk.entry.check_contact());
    CHECK(desk.entry.tidy_contact() == "+43664123456");
    CHECK(desk.entry.step_back());
    CHECK(desk.entry.field.text() == "+43 664 123456");
    CHECK(desk.entry.step_back());
    CHECK(desk.entry.step == Entry::Step::Way);
    desk.act(WayPicked{ContactWay::Email});
    CHECK(desk.entry.field.text().empty());  // a number is no address
}
