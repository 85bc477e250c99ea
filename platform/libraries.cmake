# Every third-party library as a target, so that its headers count as system headers, and the one
# place where warnings are chosen.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(date REQUIRED)
find_package(SDL2 REQUIRED)
find_package(CURL REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3>=3.40)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
pkg_check_modules(archive REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(microhttpd REQUIRED IMPORTED_TARGET libmicrohttpd>=0.9.75)
pkg_check_modules(pangocairo REQUIRED IMPORTED_TARGET pangocairo pangofc cairo fontconfig)
pkg_check_modules(imgui REQUIRED IMPORTED_TARGET imgui)
pkg_check_modules(freetype REQUIRED IMPORTED_TARGET freetype2)
pkg_check_modules(cli11 REQUIRED IMPORTED_TARGET CLI11)
pkg_check_modules(nlohmann_json REQUIRED IMPORTED_TARGET nlohmann_json)
pkg_check_modules(systemd REQUIRED IMPORTED_TARGET libsystemd)
pkg_check_modules(simdjson REQUIRED IMPORTED_TARGET simdjson)

# toml++ header-only: Debian's shared library has its asserts on and aborts on `[$a]`.
find_path(TOMLPLUSPLUS_INCLUDE toml++/toml.h REQUIRED)
add_library(milepost_toml INTERFACE)
target_include_directories(milepost_toml SYSTEM INTERFACE ${TOMLPLUSPLUS_INCLUDE})

# Boost.Math: headers alone, for Student's t.
find_path(BOOST_MATH_INCLUDE boost/math/distributions/students_t.hpp REQUIRED)
add_library(milepost_boost_math INTERFACE)
target_include_directories(milepost_boost_math SYSTEM INTERFACE ${BOOST_MATH_INCLUDE})

# Debian's imgui.pc names neither stb nor freetype, which its static library needs.
add_library(milepost_imgui INTERFACE)
target_link_libraries(milepost_imgui INTERFACE PkgConfig::imgui stb PkgConfig::freetype)

add_library(milepost_options INTERFACE)
target_include_directories(milepost_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(milepost_options INTERFACE MILEPOST_VERSION="${PROJECT_VERSION}")
target_compile_options(milepost_options INTERFACE
    -Wall -Wextra -Wpedantic -Werror
    -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual -Wundef
    -Wno-sign-conversion                # sizes and SQLite's int64 meet everywhere; -Wconversion still sees narrowing
    -Wno-missing-field-initializers     # designated initialisers leave members at their defaults on purpose
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-maybe-uninitialized>  # g++ 12 is wrong about std::optional and std::expected at -O2
    -fno-omit-frame-pointer)
target_link_options(milepost_options INTERFACE -Wl,--as-needed)

# A static library of ours: its sources are listed by the caller, its link list repeats style.md's layering.
function(milepost_library name)
    add_library(${name} STATIC ${ARGN})
    target_link_libraries(${name} PUBLIC milepost_options)
endfunction()

# A program: one main file that wires, and the library that does.
function(milepost_program name main)
    add_executable(${name} ${main})
    target_link_libraries(${name} PRIVATE milepost_options ${ARGN})
    if(CMAKE_CXX_FLAGS MATCHES "-fsanitize")
        target_link_options(${name} PRIVATE -rdynamic)
    endif()
endfunction()
