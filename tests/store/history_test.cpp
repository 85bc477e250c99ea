// Random lives of cards and of the store: copies, old images, backups that are put back, answers that are lost.
#include "sync/store/reading/ledger.h"
#include "tests/store/desk.h"

#include <map>
#include <random>
#include <set>

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;
namespace fs = std::filesystem;

namespace {

/// A kiosk's card with all that it ever held, and how far its agent got.
struct Card {
    struct Epoch {
        std::string id;
        std::string before;  ///< "" for the first
        std::int64_t before_last = 0;
    };
    FakeLog log;
    std::vector<Epoch> epochs{{.id = log.id(), .before = {}}};
    std::set<std::string> responses;
    std::size_t epoch = 0;  ///< the next record that it sends
    std::int64_t next = 1;

    void start() {
        const Epoch begun{.id = {}, .before = log.epoch(), .before_last = log.last()};
        log.begin_epoch();
        epochs.push_back(begun);
        epochs.back().id = log.epoch();
    }
    void visit_once() {
        const auto response = visit(5, 10);
        responses.insert(response.id);
        log.add(response, stamp(kNoon));
    }
    [[nodiscard]] std::int64_t last(std::size_t number) const { return log.last(static_cast<int>(number)); }
    [[nodiscard]] bool has_sent_all() const { return epoch == epochs.size() - 1 && next > last(epoch); }
};

class History {
public:
    explicit History(unsigned seed) : random_(seed), device_(add_device(*desk_.writing, Desk::kiosk())->device) {
        cards_.emplace_back();
        images_.push_back(cards_.front());
    }

    void happen() {
        switch (pick(16)) {
            case 0:
                return card().start();
            case 1:
                if (cards_.size() < 3) copy(card());
                return;
            case 2:
                images_.push_back(card());
                return;
            case 3:
                return put_image(card());
            case 4:
                return back_up();
            case 5:
                return put_back();
            case 6:
            case 7:
            case 8:
            case 9:
                return send_some(card(), pick(3) == 0);
            default:
                return card().visit_once();
        }
    }

    /// Every card starts once more and sends all that it has.
    void end() {
        for (auto& card : cards_) {
            card.start();
            card.visit_once();
        }
        for (auto& card : cards_) {
            for (int batches = 0; !card.has_sent_all(); ++batches) {
                REQUIRE(batches < 2'000);
                send_some(card, false);
            }
        }
    }

    void check() {
        const auto kept = desk_.rows("SELECT id FROM response");
        const std::set<std::string> ids{kept.begin(), kept.end()};
        CHECK(ids.size() == kept.size());
        std::size_t lost = 0;
        for (const auto& card : cards_) {
            for (const auto& id : card.responses) lost += ids.contains(id) ? 0 : 1;
        }
        CHECK(lost == 0);
        CHECK(desk_.count("log_break") == 0);
        CHECK(desk_.count("quarantine") == 0);
        CHECK(counted(desk_).rollups == counted(desk_).recounted);
        check_ledger();
    }

private:
    std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>{0, below - 1}(random_); }
    Card& card() { return cards_.at(pick(cards_.size())); }

    void copy(const Card& original) {
        auto twin = original;
        twin.start();
        cards_.push_back(std::move(twin));
    }

    void put_image(Card& card) {
        card = images_.at(pick(images_.size()));
        card.start();
    }

    void back_up() {
        desk_.writing.reset();
        fs::remove_all(backup_);
        fs::copy(desk_.directory.path(), backup_);
        reopen();
    }
    void put_back() {
        if (!fs::exists(backup_)) return;
        desk_.writing.reset();
        for (const auto& file : fs::directory_iterator{desk_.directory.path()}) fs::remove(file.path());
        fs::copy(backup_, desk_.directory.path());
        reopen();
    }
    void reopen() {
        auto opened = Writing::open(desk_.directory.path(), desk_.clock);
        REQUIRE(opened);
        desk_.writing = std::move(*opened);
    }

    /// One batch as an agent sends it, and what it does with the answer; nothing where that is lost.
    void send_some(Card& card, bool answer_is_lost) {
        if (card.next > card.last(card.epoch) && card.epoch + 1 < card.epochs.size()) {
            ++card.epoch;
            card.next = 1;
        }
        const auto left = card.last(card.epoch) - card.next + 1;
        if (left < 1) return;
        const auto count = static_cast<std::int64_t>(1 + pick(static_cast<std::size_t>(left)));
        const auto outcome =
            desk_.send(card.log.batch(card.next, card.next + count - 1, static_cast<int>(card.epoch)), device_);
        REQUIRE(outcome);
        REQUIRE(outcome->kind != IngestOutcome::Kind::ForeignLog);
        if (answer_is_lost) return;
        const auto wanted = std::ranges::find(card.epochs, outcome->answer.epoch, &Card::Epoch::id);
        REQUIRE(wanted != card.epochs.end());
        card.epoch = static_cast<std::size_t>(wanted - card.epochs.begin());
        card.next = std::min(outcome->answer.next, card.last(card.epoch) + 1);
    }

    /// The runs that a fork or a rollback was named for.
    std::set<std::string> named(bool with_rollbacks) {
        auto reading = Reading::open(desk_.directory.path(), desk_.clock);
        REQUIRE(reading);
        const auto ledger = device_ledger(**reading, device_);
        REQUIRE(ledger);
        REQUIRE(ledger->logs.size() == 1);
        std::set<std::string> epochs;
        for (const auto& finding : ledger->logs.front().findings) {
            CHECK((finding.kind == Finding::Kind::Fork || finding.kind == Finding::Kind::Rollback));
            if (with_rollbacks || finding.kind == Finding::Kind::Fork) epochs.insert(finding.epoch);
        }
        return epochs;
    }

    void check_ledger() {
        const auto forks = named(false);
        const auto all = named(true);
        std::map<std::string, std::set<std::string>> successors;
        for (const auto& card : cards_) {
            for (const auto& epoch : card.epochs) {
                if (epoch.before.empty()) continue;
                successors[epoch.before].insert(epoch.id);
                if (held_of(epoch.before) > epoch.before_last) CHECK(all.contains(epoch.before));
            }
        }
        for (const auto& [before, after] : successors) {
            if (after.size() > 1) CHECK(forks.contains(before));
        }
    }

    std::int64_t held_of(const std::string& epoch) const {
        return std::stoll(desk_
                              .rows("SELECT CAST(COALESCE(MAX(next_seq), 1) - 1 AS TEXT) FROM log_epoch "
                                    "WHERE epoch_id = '" +
                                    epoch + "'")
                              .front());
    }

    std::mt19937 random_;
    Desk desk_{false};
    platform::TemporaryDirectory beside_;
    fs::path backup_ = beside_.path() / "backup";
    std::string device_;
    std::vector<Card> cards_;
    std::vector<Card> images_;
};

}  // namespace

TEST_CASE("history: whatever happens to cards and store nothing is lost or doubled and every fork is named") {
    constexpr unsigned kHistories = 50;
    constexpr int kHappenings = 80;
    for (unsigned seed = 1; seed <= kHistories; ++seed) {
        CAPTURE(seed);
        History history{seed};
        for (int i = 0; i < kHappenings; ++i) history.happen();
        history.end();
        history.check();
    }
}
