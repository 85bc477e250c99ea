#include "kiosk/staff/pages.h"

namespace milepost::kiosk::staff {

std::optional<Event> draw_page(Ui& ui, const State& state) {
    switch (state.page.value_or(Page::Pin)) {
        case Page::NoPin:
            return draw_notice(ui, view_no_pin(state), Behind::Customers);
        case Page::Pin:
            return draw_pin(ui, view_pin(state));
        case Page::LostPin:
            if (!state.challenge.empty() && state.device_id.empty()) {
                return draw_notice(ui, view_helpless(state), Behind::Before);
            }
            return draw_lost_pin(ui, view_lost_pin(state));
        case Page::NewPin:
            return draw_pin(ui, view_new_pin(state));
        case Page::Connect:
            return draw_connect(ui, view_connect(state));
        case Page::Network:
            return draw_network(ui, view_network(state));
        case Page::Screen:
            return draw_menu(ui, view_screen(state));
        case Page::Brightness:
            return draw_menu(ui, view_brightness(state));
        case Page::SetUpLanguage:
            return draw_all_languages(ui, state.leaf);
        case Page::SetUpHow:
            return draw_menu(ui, view_set_up_how(state));
        case Page::SetUpSample:
            return draw_menu(ui, view_set_up_sample(state));
        case Page::SetUpDone:
            return draw_notice(ui, view_set_up_done(state), Behind::Nothing);
        case Page::Preview:
            break;
        case Page::Menu:
            return draw_menu(ui, view_menu(state));
        case Page::Results:
            return draw_results(ui, view_results(state));
        case Page::Device:
            return draw_device(ui, view_device(state));
        case Page::Export:
            return draw_notice(ui, view_export(state), Behind::Menu);
        case Page::Language:
            return draw_languages(ui, state.language);
        case Page::Calibration:
            return draw_calibration(ui, state.card_px, state.card_kept);
        case Page::TouchTest:
            return draw_touch_test(ui, state.cells);
    }
    return std::nullopt;
}

}  // namespace milepost::kiosk::staff
