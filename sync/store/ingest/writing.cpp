#include "sync/store/ingest/writing.h"

#include "platform/database_file.h"
#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"

namespace milepost::store {

Result<const platform::TimeZone*> Zones::of(PlaceTable& places, std::string_view touchpoint) {
    if (const auto known = known_.find(touchpoint); known != known_.end()) return &known->second;
    const auto found = places.touchpoint(touchpoint);
    if (!found) return std::unexpected{found.error()};
    if (!*found) return nullptr;
    auto zone = platform::TimeZone::named((*found)->time_zone);
    if (!zone) return fail(zone.error(), "the time zone of site " + (*found)->site);
    return &known_.emplace(touchpoint, std::move(*zone)).first->second;
}

namespace {

Result<void> know_samples(Writing& writing) {
    for (const auto& sample : surveys::samples()) {
        const auto survey = surveys::read_survey(sample.toml);
        if (!survey || writing.catalogue.find(survey->id, survey->revision) != nullptr) continue;
        if (auto added = writing.tables->surveys.add(*survey, sample.toml, writing.clock.now().utc); !added) {
            return added;
        }
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<Writing>> Writing::open(std::filesystem::path data, platform::Clock& clock) {
    auto writing = std::unique_ptr<Writing>{
        new Writing{.data = std::move(data), .clock = clock, .tables = {}, .catalogue = {}, .zones = {}}};
    if (auto opened = writing->reopen(); !opened) return std::unexpected{opened.error()};
    if (auto known = know_samples(*writing); !known) return std::unexpected{known.error()};
    auto catalogue = writing->tables->surveys.load();
    if (!catalogue) return std::unexpected{catalogue.error()};
    writing->catalogue = std::move(*catalogue);
    return writing;
}

Result<void> Writing::reopen() {
    tables.reset();
    zones = {};
    auto opened = Tables::open_for_writing(data);
    if (!opened) return std::unexpected{opened.error()};
    tables = std::make_unique<Tables>(std::move(*opened));
    auto loaded = tables->surveys.load();
    if (!loaded) return std::unexpected{loaded.error()};
    catalogue = std::move(*loaded);
    return {};
}

Result<void> Writing::settle() {
    return platform::checkpoint(*tables->database);
}

}  // namespace milepost::store
