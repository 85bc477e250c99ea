#pragma once

#include "surveys/reading/survey_reader.h"
#include "sync/store/bundles.h"

#include <string>

namespace milepost::store::test {

/// One question for all kiosks of touchpoint "exit".
inline BundleOrder an_order() {
    const std::string toml =
        "id = \"exit\"\ntitle = \"Exit\"\nlanguages = [\"en\"]\n"
        "[[question]]\nid = \"q\"\nkind = \"csat\"\ntext.en = \"How was it?\"\n";
    BundleOrder order{.device = {}, .touchpoint = "exit", .content = {}, .surveys = {}, .staff_pin = {}};
    order.content.surveys.push_back({.survey = *surveys::read_survey(toml), .source = {}, .from = {}, .until = {}});
    order.surveys.push_back({.text = toml, .name = "exit.toml"});
    return order;
}

}  // namespace milepost::store::test
