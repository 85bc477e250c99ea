#include "surveys/samples/samples.h"

#include <array>

#define MILEPOST_SAMPLE(name) extern "C" const char milepost_##name##_begin[], milepost_##name##_end[]
MILEPOST_SAMPLE(sample_store_exit);
MILEPOST_SAMPLE(sample_restaurant_table);
MILEPOST_SAMPLE(sample_clinic_visit);
MILEPOST_SAMPLE(sample_airport_washroom);
MILEPOST_SAMPLE(sample_bank_branch);
MILEPOST_SAMPLE(sample_hotel_checkout);
#undef MILEPOST_SAMPLE

namespace milepost::surveys {

std::span<const Sample> samples() {
    static const std::array<Sample, 6> all{{
        {"store-exit", {milepost_sample_store_exit_begin, milepost_sample_store_exit_end}},
        {"restaurant-table", {milepost_sample_restaurant_table_begin, milepost_sample_restaurant_table_end}},
        {"clinic-visit", {milepost_sample_clinic_visit_begin, milepost_sample_clinic_visit_end}},
        {"airport-washroom", {milepost_sample_airport_washroom_begin, milepost_sample_airport_washroom_end}},
        {"bank-branch", {milepost_sample_bank_branch_begin, milepost_sample_bank_branch_end}},
        {"hotel-checkout", {milepost_sample_hotel_checkout_begin, milepost_sample_hotel_checkout_end}},
    }};
    return all;
}

std::string_view sample_survey_toml() {
    return samples().front().toml;
}

}  // namespace milepost::surveys
