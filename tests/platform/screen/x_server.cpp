#include "tests/platform/screen/x_server.h"

#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace milepost::testing {
namespace {

/// Catch2's header and Xlib's macros do not go together.
void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

[[noreturn]] void become_xvfb(int display_pipe) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // it must not outlive a crashed test
    const int null = open("/dev/null", O_RDWR);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    dup2(display_pipe, 3);
    execlp("Xvfb", "Xvfb", "-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset", nullptr);
    _exit(127);
}

std::string read_line(int pipe) {
    std::string line;
    char byte = 0;
    while (read(pipe, &byte, 1) == 1 && byte != '\n') line.push_back(byte);
    return line;
}

}  // namespace

XServer::XServer() {
    std::array<int, 2> ends{};
    require(pipe(ends.data()) == 0, "no pipe");
    server_ = fork();
    if (server_ == 0) become_xvfb(ends[1]);
    close(ends[1]);
    const std::string number = read_line(ends[0]);
    close(ends[0]);
    require(!number.empty(), "Xvfb does not start: install Debian's package xvfb");
    setenv("DISPLAY", (":" + number).c_str(), 1);
    unsetenv("WAYLAND_DISPLAY");
    setenv("SDL_VIDEODRIVER", "x11", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    display_ = XOpenDisplay(nullptr);
    require(display_ != nullptr, "Xvfb takes no connection");
}

XServer::~XServer() {
    if (display_ != nullptr) XCloseDisplay(display_);
    if (server_ <= 0) return;
    kill(server_, SIGTERM);
    waitpid(server_, nullptr, 0);
}

void XServer::move(int x, int y) {
    XTestFakeMotionEvent(display_, 0, x, y, CurrentTime);
}
void XServer::press() {
    XTestFakeButtonEvent(display_, 1, True, CurrentTime);
}
void XServer::release() {
    XTestFakeButtonEvent(display_, 1, False, CurrentTime);
}
void XServer::flush() {
    XSync(display_, False);
}

void XServer::tap(int x, int y) {
    move(x, y);
    press();
    release();
}

TemporaryDirectory::TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "milepost-screen-XXXXXX").string();
    require(mkdtemp(pattern.data()) != nullptr, "no temporary directory");
    path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace milepost::testing
