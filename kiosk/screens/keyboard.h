#pragma once

#include "kiosk/entry/entry.h"
#include "kiosk/ui.h"

#include <optional>
#include <vector>

namespace milepost::kiosk {

/// Rows of keys and how large each is; touched, keys have no gaps between them.
struct KeyGrid {
    std::vector<KeyRow> rows;
    float columns = kKeyColumns;
    float cell_width = 0;
    float cell_height = 0;
    [[nodiscard]] float height() const { return cell_height * static_cast<float>(rows.size()); }
};

/// 16 mm wide where eleven fit, else as wide as the glass allows.
[[nodiscard]] float key_width(const Ui& ui);
/// What a held key offers, to be touched: before everything that it lies over. The letter that was picked.
std::optional<EntryAct> offer_letters(Ui& ui, const Entry& entry, const KeyGrid& grid, const Box& area);
/// The keys with their middle in `area`'s, from its top down; physical keyboards are not mirrored, so neither
/// is this one. After everything that a bubble or a key's other letters may cover.
std::optional<EntryAct> draw_keyboard(Ui& ui, const Entry& entry, const KeyGrid& grid, const Box& area,
                                      bool key_repeat);

}  // namespace milepost::kiosk
