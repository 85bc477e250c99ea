#include "surveys/reading/survey_reader.h"

extern "C" const char milepost_sample_store_exit_begin[];
extern "C" const char milepost_sample_store_exit_end[];

namespace milepost::surveys {

std::string_view sample_survey_toml() {
    return {milepost_sample_store_exit_begin, milepost_sample_store_exit_end};
}

}  // namespace milepost::surveys
