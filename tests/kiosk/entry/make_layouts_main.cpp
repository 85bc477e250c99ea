/// kiosk_make_layouts DIR: writes the on-screen keyboard's layouts anew from this machine's xkb-data.

#include "kiosk/entry/keyboard_layout.h"
#include "tests/kiosk/entry/make_layouts.h"

#include <fstream>
#include <iostream>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: kiosk_make_layouts DIR\n";
        return 2;
    }
    for (const std::string_view id : milepost::kiosk::keyboard_layout_ids()) {
        std::ofstream file{std::string{argv[1]} + "/" + std::string{id} + ".txt"};
        file << milepost::kiosk::make_layout(id);
        if (!file.flush()) {
            std::cerr << "kiosk_make_layouts: cannot write to " << argv[1] << '\n';
            return 1;
        }
    }
    return 0;
}
