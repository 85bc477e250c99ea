#include "platform/crypto.h"
#include "sync/protocol/signature.h"

#include <iterator>

namespace milepost::protocol {
namespace {

/// Short words that are easy to say over a telephone. The order is part of the
/// protocol: both ends must show the same words.
constexpr std::string_view kWords[] = {
    "acorn",    "agate",   "album",    "alder",   "alpha",    "amber",   "anchor",  "angle",  "anvil",   "apple",
    "apron",    "arrow",   "atlas",    "autumn",  "badge",    "bagel",   "bamboo",  "banjo",  "barley",  "basil",
    "basket",   "bay",     "beach",    "beacon",  "bell",     "berry",   "birch",   "bird",   "bison",   "blanket",
    "blossom",  "boat",    "bonnet",   "border",  "bottle",   "boulder", "branch",  "brass",  "bread",   "breeze",
    "brick",    "bridge",  "bronze",   "brook",   "brush",    "bucket",  "butter",  "cabin",  "cactus",  "camel",
    "candle",   "canoe",   "canyon",   "carbon",  "cargo",    "carpet",  "castle",  "cedar",  "cello",   "chalk",
    "cherry",   "chest",   "circle",   "citrus",  "clay",     "cliff",   "clock",   "cloud",  "clover",  "cobalt",
    "cocoa",    "comet",   "compass",  "copper",  "coral",    "corn",    "cotton",  "crane",  "crayon",  "creek",
    "cricket",  "crown",   "crystal",  "cube",    "curtain",  "daisy",   "dawn",    "delta",  "desert",  "dolphin",
    "domino",   "dragon",  "drum",     "dune",    "eagle",    "easel",   "echo",    "elbow",  "elm",     "ember",
    "emerald",  "engine",  "falcon",   "feather", "fern",     "ferry",   "fiddle",  "field",  "finch",   "flame",
    "flint",    "flute",   "forest",   "fossil",  "fox",      "frost",   "galaxy",  "garden", "garlic",  "ginger",
    "glacier",  "globe",   "goose",    "grain",   "granite",  "grape",   "gravel",  "guitar", "hammer",  "harbor",
    "harp",     "hazel",   "heron",    "hill",    "honey",    "hotel",   "igloo",   "indigo", "iris",    "island",
    "ivory",    "ivy",     "jacket",   "jasmine", "jelly",    "jigsaw",  "juniper", "kayak",  "kettle",  "kite",
    "koala",    "ladder",  "lagoon",   "lantern", "laurel",   "lemon",   "lilac",   "lily",   "linen",   "lion",
    "lizard",   "lotus",   "lunar",    "magnet",  "mango",    "maple",   "marble",  "meadow", "melon",   "mint",
    "mirror",   "mitten",  "monsoon",  "moss",    "mountain", "nectar",  "needle",  "nickel", "night",   "nutmeg",
    "oak",      "oasis",   "ocean",    "olive",   "onion",    "opal",    "orange",  "orbit",  "orchid",  "otter",
    "owl",      "paddle",  "palm",     "panda",   "paper",    "parrot",  "pasta",   "peach",  "pearl",   "pebble",
    "pepper",   "piano",   "pigeon",   "pillow",  "pine",     "planet",  "plum",    "pocket", "polar",   "pony",
    "poppy",    "prairie", "prism",    "pumpkin", "puzzle",   "quartz",  "quilt",   "rabbit", "radish",  "rain",
    "raven",    "reef",    "ribbon",   "river",   "robin",    "rocket",  "rose",    "ruby",   "saddle",  "saffron",
    "salmon",   "sand",    "sapphire", "satin",   "scarf",    "shell",   "silver",  "slate",  "snow",    "spruce",
    "squirrel", "star",    "stone",    "sugar",   "summer",   "swan",    "table",   "teapot", "thistle", "thunder",
    "tiger",    "timber",  "topaz",    "tulip",   "tundra",   "turtle",
};
static_assert(std::size(kWords) == 256);

}  // namespace

std::string fingerprint(std::string_view device_key, std::string_view store_key, std::string_view contact_key) {
    const auto digest = platform::sha256(std::string{device_key} + std::string{store_key} + std::string{contact_key});
    std::string words;
    for (std::size_t i = 0; i < 4; ++i) {
        if (i > 0) words += ' ';
        words += kWords[digest[i]];
    }
    return words;
}

}  // namespace milepost::protocol
