#pragma once

#include <sys/types.h>

#include <string>

using Display = struct _XDisplay;  // NOLINT(bugprone-reserved-identifier): Xlib's own name

namespace milepost::testing {

/// An Xvfb of our own, 1280x800, with DISPLAY set to it, and a pointer to move there.
class XServer {
public:
    XServer();
    ~XServer();
    XServer(const XServer&) = delete;
    XServer& operator=(const XServer&) = delete;

    /// Queued until `flush`, so that several arrive together.
    void move(int x, int y);
    void press();
    void release();
    void tap(int x, int y);
    void flush();

private:
    pid_t server_ = -1;
    Display* display_ = nullptr;
};

/// A directory of the test's own, removed with it.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

}  // namespace milepost::testing
