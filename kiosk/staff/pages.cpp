#include "kiosk/staff/pages.h"

namespace milepost::kiosk::staff {

std::optional<Event> draw_page(Ui& ui, const State& state) {
    switch (state.page.value_or(Page::Pin)) {
        case Page::NoPin:
            return draw_notice(ui, view_no_pin(state), Behind::Customers);
        case Page::Pin:
            return draw_pin(ui, view_pin(state));
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
