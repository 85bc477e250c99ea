#pragma once

#include "platform/error.h"

#include <future>

namespace milepost::kiosk {

/// Asks the recorder for something by `ask(Recorder::Done)` and returns once it is done. Not on the recorder's thread.
template <class Ask>
[[nodiscard]] Result<void> wait_for(Ask ask) {
    std::promise<Result<void>> done;
    ask([&](Result<void> result) { done.set_value(std::move(result)); });
    return done.get_future().get();
}

}  // namespace milepost::kiosk
