#include "kiosk/foresight.h"

#include "kiosk/screens/screens.h"

#include <malloc.h>

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace milepost::kiosk {

namespace {

constexpr auto kFontsKept = std::chrono::seconds{3};
constexpr std::size_t kMostKnown = 4'000;

/// A painter that sets what a screen measures and draws, and keeps none of the pictures.
class Setter final : public Painter {
public:
    /// Gives the fonts' memory back until something new is to be set; what is known stays known.
    void rest() {
        if (typesetter_) {
            typesetter_.reset();
            malloc_trim(0);
        }
    }
    [[nodiscard]] bool has_fonts() const { return typesetter_ != nullptr; }

    /// What was set since the last call.
    [[nodiscard]] std::vector<Foreseen> take() {
        if (measured_.size() > kMostKnown) {
            measured_.clear();
            painted_.clear();
        }
        return std::exchange(set_, {});
    }

    [[nodiscard]] TextSize measure(const std::string& text, const platform::TextStyle& style) override {
        const platform::TextImage& image = measures(text, style);
        return {image.layout_width, image.layout_height, image.lines, image.ellipsized};
    }
    void text(const std::string& text, const platform::TextStyle& style, float /*x*/, float /*y*/,
              std::uint32_t colour) override {
        platform::TextStyle own = style;
        if (measures(text, style).coloured) {
            own.colour = colour;
        }
        if (painted_.insert(platform::TextCache::key_of(text, own)).second) {
            set(text, own, platform::Want::Picture);
        }
    }
    // What somebody writes is set when it is there.
    [[nodiscard]] Writing writing(const std::string& /*text*/, const platform::TextStyle& /*style*/,
                                  std::size_t /*caret*/, platform::TextRange /*selection*/) override {
        return {};
    }
    [[nodiscard]] std::size_t place_in(const std::string& /*text*/, const platform::TextStyle& /*style*/, float /*x*/,
                                       float /*y*/) override {
        return 0;
    }
    void written(const std::string& /*text*/, const platform::TextStyle& /*style*/, float /*x*/, float /*y*/,
                 std::uint32_t /*colour*/, const Box& /*window*/) override {}
    void panel(const platform::Panel& /*panel*/, const Box& /*box*/) override {}
    void face(int /*mood*/, const Box& /*box*/) override {}
    void disc(const Box& /*box*/, float /*line*/, std::uint32_t /*colour*/) override {}
    void check_mark(const Box& /*box*/, float /*line*/, std::uint32_t /*colour*/) override {}
    void star(const Box& /*box*/, float /*line*/, std::uint32_t /*colour*/) override {}
    [[nodiscard]] std::size_t mark() override { return 0; }
    void move_since(std::size_t /*mark*/, const Motion& /*motion*/) override {}

private:
    const platform::TextImage& measures(const std::string& text, const platform::TextStyle& style) {
        std::string key = platform::TextCache::key_of(text, style);
        if (const auto found = measured_.find(key); found != measured_.end()) {
            return found->second;
        }
        return measured_.emplace(std::move(key), set(text, style, platform::Want::Measures)).first->second;
    }

    platform::TextImage set(const std::string& text, const platform::TextStyle& style, platform::Want want) {
        if (!typesetter_) {
            auto made = platform::Typesetter::make();
            if (!made) {
                return {};  // the window has fonts of its own, and says so itself if there are none
            }
            typesetter_ = std::move(*made);
        }
        set_.push_back({text, style, typesetter_->set(text, style, want)});
        return set_.back().set.measures;
    }

    std::unique_ptr<platform::Typesetter> typesetter_;
    std::unordered_map<std::string, platform::TextImage> measured_;
    std::unordered_set<std::string> painted_;
    std::vector<Foreseen> set_;
};

}  // namespace

Foresight::Foresight(std::function<void()> ready)
    : ready_(std::move(ready)), thread_([this](const std::stop_token& stop) { work(stop); }) {}

Foresight::~Foresight() = default;

void Foresight::ask(std::vector<Prospect> prospects) {
    {
        const std::scoped_lock lock{mutex_};
        asked_.clear();
        for (Prospect& prospect : prospects) {
            asked_.push_back(std::move(prospect));
        }
    }
    changed_.notify_all();
}

bool Foresight::take(const std::function<void(const Foreseen&)>& put, std::chrono::microseconds at_most) {
    const auto until = std::chrono::steady_clock::now() + at_most;
    while (true) {
        Foreseen next;
        {
            const std::scoped_lock lock{mutex_};
            if (done_.empty()) {
                return false;
            }
            next = std::move(done_.front());
            done_.pop_front();
        }
        put(next);
        if (std::chrono::steady_clock::now() >= until) {
            const std::scoped_lock lock{mutex_};
            return !done_.empty();
        }
    }
}

void Foresight::wait() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return asked_.empty() && !working_; });
}

void Foresight::work(const std::stop_token& stop) {
    Setter setter;
    const auto asked = [this] { return !asked_.empty(); };
    std::unique_lock lock{mutex_};
    while (!stop.stop_requested()) {
        if (setter.has_fonts() && !changed_.wait_for(lock, stop, kFontsKept, asked)) {
            lock.unlock();
            setter.rest();
            lock.lock();
        }
        if (!changed_.wait(lock, stop, asked)) {
            return;
        }
        const Prospect prospect = std::move(asked_.front());
        asked_.pop_front();
        working_ = true;
        lock.unlock();
        const Touch untouched{prospect.layout};
        Ui ui{setter, untouched, prospect.layout, prospect.look, {}};
        static_cast<void>(draw_screen(ui, prospect.state));
        std::vector<Foreseen> set = setter.take();
        const bool any = !set.empty();
        if (any) {
            platform::Typesetter::pause();
        }
        lock.lock();
        std::ranges::move(set, std::back_inserter(done_));
        working_ = false;
        changed_.notify_all();
        if (any) {
            lock.unlock();
            ready_();
            lock.lock();
        }
    }
}

}  // namespace milepost::kiosk
