#include "tests/drive/virtual_display.h"

#include "tests/drive/process.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <cairo.h>

#include <chrono>
#include <cstdint>
#include <cstring>
#include <optional>

namespace milepost::drive {

struct VirtualDisplay::State {
    std::optional<Process> server;
    std::string name;
    Display* display = nullptr;
    int width = 0;
    int height = 0;

    ~State() {
        if (display != nullptr) XCloseDisplay(display);
        if (server) server->stop();
    }
};

VirtualDisplay::VirtualDisplay(std::unique_ptr<State> state) : state_(std::move(state)) {}
VirtualDisplay::~VirtualDisplay() = default;

const std::string& VirtualDisplay::name() const {
    return state_->name;
}

Result<std::unique_ptr<VirtualDisplay>> VirtualDisplay::start(int width, int height) {
    auto state = std::make_unique<State>();
    state->width = width;
    state->height = height;
    const std::string screen = std::to_string(width) + "x" + std::to_string(height) + "x24";
    auto server =
        Process::start("Xvfb", {"-displayfd", "1", "-screen", "0", screen, "-nolisten", "tcp", "-noreset", "-nocursor"},
                       {.environment = {}, .log_file = "/dev/null"});
    if (!server) return fail(server.error(), "starting Xvfb (Debian's package xvfb)");
    const auto number = server->read_line(std::chrono::seconds{20});
    if (!number) return fail(Fault::Unavailable, "Xvfb did not say which display it took");
    state->server = std::move(*server);
    state->name = ":" + *number;
    state->display = XOpenDisplay(state->name.c_str());
    if (state->display == nullptr) return fail(Fault::Unavailable, "cannot open display " + state->name);
    return std::unique_ptr<VirtualDisplay>{new VirtualDisplay{std::move(state)}};
}

void VirtualDisplay::move(int x, int y) {
    XTestFakeMotionEvent(state_->display, -1, x, y, CurrentTime);
    XFlush(state_->display);
}

void VirtualDisplay::press() {
    XTestFakeButtonEvent(state_->display, 1, True, CurrentTime);
    XFlush(state_->display);
}

void VirtualDisplay::release() {
    XTestFakeButtonEvent(state_->display, 1, False, CurrentTime);
    XFlush(state_->display);
}

void VirtualDisplay::tap(int x, int y) {
    XTestFakeMotionEvent(state_->display, -1, x, y, CurrentTime);
    XTestFakeButtonEvent(state_->display, 1, True, CurrentTime);
    XTestFakeButtonEvent(state_->display, 1, False, CurrentTime);
    XFlush(state_->display);
}

void VirtualDisplay::ask_to_close() {
    Window root = 0;
    Window parent = 0;
    Window* windows = nullptr;
    unsigned count = 0;
    XQueryTree(state_->display, DefaultRootWindow(state_->display), &root, &parent, &windows, &count);
    for (unsigned i = 0; i < count; ++i) {
        XEvent event{};
        event.xclient.type = ClientMessage;
        event.xclient.window = windows[i];
        event.xclient.message_type = XInternAtom(state_->display, "WM_PROTOCOLS", False);
        event.xclient.format = 32;
        event.xclient.data.l[0] = static_cast<long>(XInternAtom(state_->display, "WM_DELETE_WINDOW", False));
        XSendEvent(state_->display, windows[i], False, NoEventMask, &event);
    }
    if (windows != nullptr) XFree(windows);
    XFlush(state_->display);
}

namespace {

void send_key(Display* display, const std::string& name, bool down) {
    const KeyCode code = XKeysymToKeycode(display, XStringToKeysym(name.c_str()));
    XTestFakeKeyEvent(display, code, down ? True : False, CurrentTime);
    XFlush(display);
}

}  // namespace

void VirtualDisplay::strike(const std::string& key, const std::vector<std::string>& held) {
    for (const std::string& name : held) key_down(name);
    key_down(key);
    key_up(key);
    for (auto name = held.rbegin(); name != held.rend(); ++name) key_up(*name);
}

void VirtualDisplay::key_down(const std::string& key) {
    send_key(state_->display, key, true);
}

void VirtualDisplay::key_up(const std::string& key) {
    send_key(state_->display, key, false);
}

std::uint32_t VirtualDisplay::pixel(int x, int y) {
    XImage* image = XGetImage(state_->display, DefaultRootWindow(state_->display), x, y, 1, 1, AllPlanes, ZPixmap);
    if (image == nullptr) return 0;
    const auto colour = static_cast<std::uint32_t>(XGetPixel(image, 0, 0)) & 0xFFFFFFU;
    XDestroyImage(image);
    return colour;
}

Result<void> VirtualDisplay::save_png(const std::string& path) {
    XImage* image =
        XGetImage(state_->display, DefaultRootWindow(state_->display), 0, 0, static_cast<unsigned>(state_->width),
                  static_cast<unsigned>(state_->height), AllPlanes, ZPixmap);
    if (image == nullptr) return fail(Fault::Io, "the X server gave no picture of the screen");
    cairo_surface_t* surface =
        cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(image->data), CAIRO_FORMAT_RGB24,
                                            state_->width, state_->height, image->bytes_per_line);
    const cairo_status_t status = cairo_surface_write_to_png(surface, path.c_str());
    cairo_surface_destroy(surface);
    XDestroyImage(image);
    if (status != CAIRO_STATUS_SUCCESS) return fail(Fault::Io, path + ": " + cairo_status_to_string(status));
    return {};
}

}  // namespace milepost::drive
