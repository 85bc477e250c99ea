#include "kiosk/entry/entry.h"

#include "platform/crypto.h"

#include <algorithm>
#include <utility>

namespace milepost::kiosk {

namespace {

using namespace std::chrono_literals;
using surveys::ContactWay;
using Does = Key::Does;

constexpr auto kDoubleTap = 500ms;

int most_chars(const surveys::Question& question, ContactWay way) {
    if (question.kind != surveys::Kind::Contact) {
        return question.max_chars;
    }
    return way == ContactWay::Email ? kMostEmailChars : kMostPhoneChars;
}

ContactWay first_way(const surveys::Question& question) {
    return question.ways.empty() ? ContactWay::Email : question.ways.front();
}

Keyboard::Use use_of(const surveys::Question& question) {
    return question.kind == surveys::Kind::Contact ? Keyboard::Use::Email : Keyboard::Use::Text;
}

}  // namespace

Entry::Entry(const surveys::Question& question, const std::string& shown, const std::vector<std::string>& languages)
    : field(most_chars(question, first_way(question))),
      keyboard(use_of(question), shown, languages),
      language(shown),
      contact(question.kind == surveys::Kind::Contact),
      chooses_way(contact && question.ways.size() > 1),
      step(chooses_way ? Step::Way : Step::Typing),
      way(first_way(question)) {}

void Entry::act(const EntryAct& act, std::chrono::milliseconds repeat_filter, Now now) {
    if (const auto* tapped = std::get_if<KeyTapped>(&act)) {
        const bool trembling = last_key_ && last_key_->key == tapped->key.name && now < last_key_->at + repeat_filter;
        last_key_ = Tapped{tapped->key.name, now};
        if (!trembling) {
            tap_key(tapped->key, now);
        }
    } else if (const auto* held = std::get_if<KeyHeld>(&act)) {
        if (held->key.does == Does::Erase) {
            field.erase_backwards();
        } else if (!held->key.held.empty()) {
            held_key = held->key.name;
        }
    } else if (const auto* picked = std::get_if<HeldPicked>(&act)) {
        field.insert(picked->text);
        keyboard.typed();
        held_key.clear();
        fault = ContactFault::None;
    } else if (const auto* place = std::get_if<FieldTapped>(&act)) {
        tap_field(place->index, now);
    } else if (const auto* taken = std::get_if<WayPicked>(&act)) {
        take_way(taken->way);
    }
}

void Entry::tap_key(const Key& key, Now now) {
    held_key.clear();
    fault = ContactFault::None;
    last_place_.reset();
    switch (key.does) {
        case Does::Type:
            field.insert(key.text);
            keyboard.typed();
            break;
        case Does::PutDomain:
            put_domain(key.text);
            break;
        case Does::Shift:
            keyboard.tap_shift(now);
            break;
        case Does::Erase:
            field.erase_backwards();
            break;
        case Does::Symbols:
            keyboard.switch_symbols();
            break;
        case Does::NextLayout:
            keyboard.next_layout();
            break;
        case Does::Left:
            field.move_left();
            break;
        case Does::Right:
            field.move_right();
            break;
    }
}

/// Behind the name, in place of a domain that stands there.
void Entry::put_domain(const std::string& domain) {
    const auto at = field.text().find('@');
    std::string email = field.text().substr(0, at);
    email.reserve(email.size() + domain.size());
    email += domain;
    field.set(email);
    platform::wipe(email);
}

void Entry::tap_field(std::size_t index, Now now) {
    held_key.clear();
    const bool again = last_place_ && now < last_place_->at + kDoubleTap;
    const int times = again ? last_place_->times + 1 : 1;
    last_place_ = Placed{index, now, times};
    if (times == 1) {
        field.place_caret(index);
    } else if (times == 2 && !contact) {
        field.select_word(index, language);
    } else {
        field.select_all();
    }
}

void Entry::take_way(ContactWay picked) {
    if (step != Step::Way) {
        return;
    }
    if (picked != way) {
        field = TextField{picked == ContactWay::Email ? kMostEmailChars : kMostPhoneChars};
    }
    way = picked;
    fault = ContactFault::None;
    step = Step::Typing;
}

bool Entry::step_back() {
    if (!can_step_back()) {
        return false;
    }
    step = step == Step::Consent ? Step::Typing : Step::Way;
    fault = ContactFault::None;
    return true;
}

bool Entry::check_contact() {
    if (is_phone()) {
        fault = check_phone(field.text());
    } else {
        std::string email = tidy_contact();
        fault = check_email(email);
        platform::wipe(email);
    }
    if (fault != ContactFault::None) {
        return false;
    }
    step = Step::Consent;
    return true;
}

std::string Entry::tidy_contact() const {
    return is_phone() ? tidy_phone(field.text()) : tidy_email(field.text());
}

void Entry::follow_language(const std::string& to) {
    language = to;
    keyboard.follow_language(to);
}

}  // namespace milepost::kiosk
