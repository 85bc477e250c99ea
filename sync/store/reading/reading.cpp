#include "sync/store/reading/reading.h"

namespace milepost::store {

Snapshot::Snapshot(platform::Database& database) : database_(database) {
    static_cast<void>(database_.run_script("BEGIN"));
}

Snapshot::~Snapshot() {
    static_cast<void>(database_.run_script("COMMIT"));
}

Result<std::unique_ptr<Reading>> Reading::open(const std::filesystem::path& data, platform::Clock& clock) {
    auto tables = Tables::open_for_reading(data);
    if (!tables) return std::unexpected{tables.error()};
    return std::unique_ptr<Reading>{new Reading{clock, std::move(*tables)}};
}

Result<const Catalogue*> Reading::catalogue() {
    const auto count = tables.surveys.count();
    if (!count) return std::unexpected{count.error()};
    if (*count == surveys_) return &catalogue_;
    auto loaded = tables.surveys.load();
    if (!loaded) return std::unexpected{loaded.error()};
    catalogue_ = std::move(*loaded);
    surveys_ = *count;
    return &catalogue_;
}

}  // namespace milepost::store
