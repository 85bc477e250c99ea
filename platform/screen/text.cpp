#include "platform/screen/text.h"

#include "platform/crypto.h"
#include "platform/screen/typesetter.h"

#include <fmt/format.h>

#include <list>
#include <unordered_map>
#include <utility>

namespace milepost::platform {
namespace {

struct Entry {
    std::string key;
    TextImage image;
    std::size_t bytes = 0;
    std::uint64_t used_in = 0;  ///< the frame that last used it
};

}  // namespace

struct TextCache::State {
    Canvas& canvas;
    std::unique_ptr<Typesetter> typesetter;
    std::size_t budget = 0;
    std::list<Entry> entries{};  ///< last used first
    std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key{};
    std::size_t bytes = 0;
    std::uint64_t frame = 1;

    void add(std::string key, const TextImage& measures) {
        const std::size_t size = sizeof(Entry) + key.size();
        entries.push_front({.key = std::move(key), .image = measures, .bytes = size});
        by_key.emplace(entries.front().key, entries.begin());
        bytes += size;
    }

    Entry& find_or_measure(const std::string& text, const TextStyle& style) {
        std::string key = TextCache::key_of(text, style);
        if (const auto found = by_key.find(key); found != by_key.end()) {
            entries.splice(entries.begin(), entries, found->second);
        } else {
            add(std::move(key), typesetter->set(text, style, Want::Measures).measures);
        }
        entries.front().used_in = frame;
        return entries.front();
    }

    void make_texture(Entry& entry, const std::string& text, const TextStyle& style) {
        const SetText set = typesetter->set(text, style, Want::Picture);
        take_picture(entry, *set.picture);
    }

    void take_picture(Entry& entry, const Picture& picture) {
        entry.image.texture =
            canvas.make_texture(picture.width(), picture.height(), picture.data(), picture.stride_bytes());
        const std::size_t size = static_cast<std::size_t>(picture.stride_bytes()) * picture.height();
        entry.bytes += size;
        bytes += size;
    }

    struct Unkept {
        std::string text;
        TextStyle style;
        TextImage image;
        bool used = false;
    } unkept{};

    void drop_unkept() {
        if (unkept.image.texture != nullptr) canvas.free_texture(unkept.image.texture);
        wipe(unkept.text);
        unkept.image = {};
    }

    void drop_last() {
        Entry& last = entries.back();
        canvas.free_texture(last.image.texture);
        bytes -= last.bytes;
        by_key.erase(last.key);
        entries.pop_back();
    }
};

TextCache::TextCache(std::unique_ptr<State> state) : state_{std::move(state)} {}

TextCache::~TextCache() {
    while (!state_->entries.empty()) state_->drop_last();
    state_->drop_unkept();
}

Result<std::unique_ptr<TextCache>> TextCache::make(Canvas& canvas, std::size_t budget_bytes) {
    auto typesetter = Typesetter::make();
    if (!typesetter) return std::unexpected{typesetter.error()};
    return std::unique_ptr<TextCache>{new TextCache{std::make_unique<State>(
        State{.canvas = canvas, .typesetter = std::move(*typesetter), .budget = budget_bytes})}};
}

TextImage TextCache::measure(const std::string& text, const TextStyle& style) {
    TextImage image = state_->find_or_measure(text, style).image;
    image.texture = nullptr;
    return image;
}

const TextImage& TextCache::get(const std::string& text, const TextStyle& style) {
    Entry& entry = state_->find_or_measure(text, style);
    if (entry.image.texture == nullptr) state_->make_texture(entry, text, style);
    return entry.image;
}

const TextImage& TextCache::get_unkept(const std::string& text, const TextStyle& style) {
    State::Unkept& slot = state_->unkept;
    if (slot.image.texture == nullptr || slot.text != text || slot.style != style) {
        state_->drop_unkept();
        SetText set = state_->typesetter->set(text, style, Want::Picture);
        slot.text = text;
        slot.style = style;
        slot.image = set.measures;
        slot.image.texture = state_->canvas.make_texture(set.picture->width(), set.picture->height(),
                                                         set.picture->data(), set.picture->stride_bytes());
    }
    slot.used = true;
    return slot.image;
}

void TextCache::put(const std::string& text, const TextStyle& style, const SetText& set) {
    std::string key = key_of(text, style);
    const std::size_t size =
        set.picture ? static_cast<std::size_t>(set.picture->stride_bytes()) * set.picture->height() : 0;
    if (state_->bytes + size + sizeof(Entry) + key.size() > state_->budget) return;
    auto found = state_->by_key.find(key);
    if (found == state_->by_key.end()) {
        state_->add(key, set.measures);
        found = state_->by_key.find(key);
    }
    Entry& entry = *found->second;
    if (set.picture && entry.image.texture == nullptr) state_->take_picture(entry, *set.picture);
}

std::string TextCache::key_of(const std::string& text, const TextStyle& style) {
    return fmt::format("{}|{}|{}|{}|{}|{}|{}|{:x}|{}", style.language, style.size, style.weight, style.width,
                       static_cast<int>(style.align), style.balance, style.most_lines, style.colour, text);
}

Typesetter& TextCache::typesetter() {
    return *state_->typesetter;
}

void TextCache::end_frame() {
    if (!std::exchange(state_->unkept.used, false)) state_->drop_unkept();
    while (state_->bytes > state_->budget && state_->entries.back().used_in < state_->frame) state_->drop_last();
    ++state_->frame;
}

std::size_t TextCache::bytes() const {
    return state_->bytes;
}

}  // namespace milepost::platform
