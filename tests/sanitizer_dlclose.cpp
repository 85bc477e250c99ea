/// In sanitizer builds alone: libraries that SDL loads under X stay loaded, so that a leak's stack can still
/// be named at the end of the process.
extern "C" int dlclose(void*) {
    return 0;
}
