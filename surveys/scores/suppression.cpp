#include "surveys/scores/suppression.h"

#include <fmt/format.h>

#include <algorithm>

namespace milepost::surveys {

namespace {

/// The smallest child that is shown; null: none is.
Cell* smallest_shown(Cell& parent) {
    Cell* smallest = nullptr;
    for (Cell& child : parent.children) {
        if (child.shown && (smallest == nullptr || child.n < smallest->n)) smallest = &child;
    }
    return smallest;
}

std::int64_t hidden_children(const Cell& parent) {
    return std::ranges::count_if(parent.children, [](const Cell& child) { return child.n > 0 && !child.shown; });
}

/// Hides a cell in spite of its answers, and so much below it that its parts do not add up to it.
void hide(Cell& cell) {
    cell.shown = false;
    if (hidden_children(cell) > 0) return;
    if (Cell* child = smallest_shown(cell)) hide(*child);
}

void show_what_has_enough(Cell& cell, std::int64_t least) {
    cell.shown = cell.n > 0 && cell.n >= least;
    for (Cell& child : cell.children) show_what_has_enough(child, least);
}

void complement(Cell& cell) {
    if (cell.shown && hidden_children(cell) == 1) {
        if (Cell* child = smallest_shown(cell)) hide(*child);
    }
    for (Cell& child : cell.children) complement(child);
}

}  // namespace

std::string too_few(std::int64_t n, std::int64_t least) {
    if (n <= 0) return "no answers";
    return n < least ? fmt::format("n = {}, too few", n) : std::string{};
}

void suppress(Cell& root, std::int64_t least) {
    show_what_has_enough(root, least);
    complement(root);
}

}  // namespace milepost::surveys
