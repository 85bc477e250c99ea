#include "platform/screen/damage.h"

#include <SDL.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <random>
#include <vector>

using namespace milepost::platform;

namespace {

constexpr int kWidth = 160;
constexpr int kHeight = 120;
constexpr int kSide = 24;  ///< of each texture

/// A rectangle to paint; frames in this test are lists of them.
struct Quad {
    float x, y;
    float width, height;  ///< 0: as large as the texture
    ImU32 colour;
    std::size_t texture;  ///< of Board::textures
    SDL_Rect clip;
};

Frame frame_of(const std::vector<Quad>& quads, const std::array<SDL_Texture*, 3>& textures) {
    Frame frame;
    frame.width = kWidth;
    frame.height = kHeight;
    frame.background = 0xF6F7FA;
    for (const Quad& quad : quads) {
        SDL_Texture* texture = textures.at(quad.texture);
        const SDL_Rect& clip = quad.clip;
        Frame::Command* last = frame.commands.empty() ? nullptr : &frame.commands.back();
        const bool goes_on = last != nullptr && last->texture == texture && last->x == clip.x && last->y == clip.y &&
                             last->width == clip.w && last->height == clip.h;
        if (!goes_on) {
            frame.commands.push_back({.x = clip.x,
                                      .y = clip.y,
                                      .width = clip.w,
                                      .height = clip.h,
                                      .texture = texture,
                                      .texture_width = kSide,
                                      .texture_height = kSide,
                                      .first_vertex = static_cast<unsigned>(frame.vertices.size()),
                                      .first_index = static_cast<unsigned>(frame.indices.size())});
            last = &frame.commands.back();
        }
        const auto base = static_cast<ImDrawIdx>(frame.vertices.size() - last->first_vertex);
        const float right = quad.x + (quad.width > 0 ? quad.width : kSide);
        const float bottom = quad.y + (quad.height > 0 ? quad.height : kSide);
        frame.vertices.push_back({{quad.x, quad.y}, {0, 0}, quad.colour});
        frame.vertices.push_back({{right, quad.y}, {1, 0}, quad.colour});
        frame.vertices.push_back({{right, bottom}, {1, 1}, quad.colour});
        frame.vertices.push_back({{quad.x, bottom}, {0, 1}, quad.colour});
        for (const int corner : {0, 1, 2, 0, 2, 3}) frame.indices.push_back(static_cast<ImDrawIdx>(base + corner));
        last->indices += 6;
    }
    for (Frame::Command& command : frame.commands) command.painted = painted_by(frame, command, 0, command.indices);
    return frame;
}

/// A picture in memory that SDL's software renderer draws on.
struct Board {
    SDL_Surface* surface = SDL_CreateRGBSurfaceWithFormat(0, kWidth, kHeight, 32, SDL_PIXELFORMAT_RGB888);
    SDL_Renderer* renderer = SDL_CreateSoftwareRenderer(surface);
    std::array<SDL_Texture*, 3> textures{};

    Board() {
        std::mt19937 random{3};
        for (SDL_Texture*& texture : textures) {
            std::array<std::uint32_t, std::size_t{kSide} * kSide> pixels{};
            for (std::uint32_t& pixel : pixels) pixel = static_cast<std::uint32_t>(random());
            texture = static_cast<SDL_Texture*>(make_texture(*renderer, kSide, kSide, pixels.data(), kSide * 4));
        }
    }
    ~Board() {
        SDL_DestroyRenderer(renderer);
        SDL_FreeSurface(surface);
    }
    Board(const Board&) = delete;
    Board& operator=(const Board&) = delete;

    [[nodiscard]] std::vector<std::uint32_t> pixels() const {
        SDL_RenderFlush(renderer);
        std::vector<std::uint32_t> copy(std::size_t{kWidth} * kHeight);
        SDL_RenderReadPixels(renderer, nullptr, SDL_PIXELFORMAT_RGB888, copy.data(), kWidth * 4);
        return copy;
    }
};

class Painter {
public:
    explicit Painter(unsigned seed) : random_(seed) {}

    int number(int least, int most) { return std::uniform_int_distribution{least, most}(random_); }
    Quad quad() {
        const std::array clips{SDL_Rect{0, 0, kWidth, kHeight}, SDL_Rect{20, 10, 90, 80}};
        const int whole = number(0, 2);  // of three, two lie on whole pixels
        const float part = whole == 0 ? 0.37F : 0;
        const bool stretched = number(0, 3) == 0;
        return {static_cast<float>(number(-20, kWidth)) + part,
                static_cast<float>(number(-20, kHeight)) + part,
                stretched ? static_cast<float>(number(1, 50)) : 0,
                stretched ? static_cast<float>(number(1, 30)) : 0,
                static_cast<ImU32>(random_()),
                static_cast<std::size_t>(number(0, 2)),
                clips.at(number(0, 3) == 0 ? 1 : 0)};
    }
    /// A screen after something happened on it.
    void change(std::vector<Quad>& quads) {
        const auto at = [&] { return quads.begin() + number(0, static_cast<int>(quads.size()) - 1); };
        switch (quads.empty() ? 0 : number(0, 4)) {
            case 0:
                quads.insert(quads.begin() + number(0, static_cast<int>(quads.size())), quad());
                break;
            case 1:
                quads.erase(at());
                break;
            case 2:
                at()->colour = static_cast<ImU32>(random_());
                break;
            case 3:
                at()->x += static_cast<float>(number(-9, 9));
                break;
            default:
                *at() = quad();
        }
    }

private:
    std::mt19937 random_;
};

}  // namespace

TEST_CASE("damage: drawing only what changed gives the same pixels as drawing all", "[damage]") {
    Board board;
    Painter painter{GENERATE(range(1U, 6U))};
    std::vector<Quad> quads(12);
    std::ranges::generate(quads, [&] { return painter.quad(); });
    Frame before = frame_of(quads, board.textures);
    draw(*board.renderer, before);
    int smaller = 0;
    for (int step = 0; step < 200; ++step) {
        for (int change = painter.number(1, 2); change > 0; --change) painter.change(quads);
        const Frame after = frame_of(quads, board.textures);
        int painted = 0;
        for (const PixelBox& part : damage(before, after)) {
            draw_part(*board.renderer, after, part);
            painted += part.width * part.height;
        }
        const std::vector<std::uint32_t> in_part = board.pixels();
        draw(*board.renderer, after);
        INFO("step " << step);
        REQUIRE((in_part == board.pixels()));
        smaller += painted < kWidth * kHeight / 2 ? 1 : 0;
        before = after;
    }
    CHECK(smaller > 50);
}

TEST_CASE("damage: a pressed card is damaged where it is, and nothing where nothing changed", "[damage]") {
    Board board;
    const SDL_Rect all{0, 0, kWidth, kHeight};
    std::vector<Quad> quads{
        {10, 20, 0, 0, 0xFFFFFFFF, 0, all}, {50, 20, 0, 0, 0xFFFFFFFF, 0, all}, {90, 20, 0, 0, 0xFFFFFFFF, 0, all}};
    const Frame before = frame_of(quads, board.textures);
    CHECK(damage(before, before).empty());
    quads[1].colour = 0xFF00FF00;
    CHECK(damage(before, frame_of(quads, board.textures)) ==
          std::vector{PixelBox{.x = 49, .y = 19, .width = 26, .height = 26}});
    Frame wider = before;
    wider.width = kWidth + 1;
    CHECK(damage(before, wider) == std::vector{PixelBox{.width = kWidth + 1, .height = kHeight}});
}
