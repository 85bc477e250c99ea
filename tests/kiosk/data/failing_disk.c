/* Preloaded: fails the n-th of one kind of calls on files below a directory, once or for ever from there on.
   MILEPOST_FAIL_BELOW=DIR, MILEPOST_FAIL=KIND:N:once|ever|COUNT|short with KIND one of write, fsync, open,
   rename, truncate, read; COUNT: so many in a row, short: reads give half of what was asked for.
   MILEPOST_BAD_SECTOR=INODE:OFFSET: that byte of that file can never be read.
   With MILEPOST_FAIL_WHILE=FILE only while FILE is there. Without MILEPOST_FAIL nothing fails; at the end MILEPOST_FAIL_COUNTS=FILE gets a line "KIND N" for each kind. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum kind { WRITE, FSYNC, OPEN, RENAME, TRUNCATE, READ, KINDS };
static const char* const names[KINDS] = {"write", "fsync", "open", "rename", "truncate", "read"};
static atomic_long counts[KINDS];

static int is_ours(const char* path) {
    const char* below = getenv("MILEPOST_FAIL_BELOW");
    return below != NULL && strncmp(path, below, strlen(below)) == 0;
}

static int is_our_file(int descriptor) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_ours(path);
}

/* Counts a call; whether it is to fail. */
static int fails(enum kind kind) {
    const long number = ++counts[kind];
    const char* plan = getenv("MILEPOST_FAIL");
    if (plan == NULL) return 0;
    char name[16], how[8];
    long wanted = 0;
    if (sscanf(plan, "%15[a-z]:%ld:%7s", name, &wanted, how) != 3 || strcmp(name, names[kind]) != 0) return 0;
    const char* while_there = getenv("MILEPOST_FAIL_WHILE");
    if (while_there != NULL && access(while_there, F_OK) != 0) return 0;
    if (strcmp(how, "short") == 0) return 0;
    const int goes_on = strcmp(how, "ever") == 0 || number < wanted + atol(how);
    if (number != wanted && !(goes_on && number > wanted)) return 0;
    errno = EIO;
    return 1;
}

#define NEXT(function) ((__typeof__(&function))dlsym(RTLD_NEXT, #function))
#define ON_DESCRIPTOR(kind, descriptor) \
    if (is_our_file(descriptor) && fails(kind)) return -1

ssize_t write(int fd, const void* bytes, size_t size) {
    ON_DESCRIPTOR(WRITE, fd);
    return NEXT(write)(fd, bytes, size);
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
    ON_DESCRIPTOR(WRITE, fd);
    return NEXT(pwrite)(fd, bytes, size, at);
}
ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
    ON_DESCRIPTOR(WRITE, fd);
    return NEXT(pwrite64)(fd, bytes, size, at);
}

static int is_bad(int fd, off_t at, size_t size) {
    const char* sector = getenv("MILEPOST_BAD_SECTOR");
    unsigned long inode = 0;
    long long bad = 0;
    struct stat found;
    if (sector == NULL || sscanf(sector, "%lu:%lld", &inode, &bad) != 2 || fstat(fd, &found) != 0) return 0;
    if (found.st_ino != inode || bad < at || bad >= at + (long long)size) return 0;
    errno = EIO;
    return 1;
}
static size_t granted(int fd, size_t size) {
    const char* plan = getenv("MILEPOST_FAIL");
    return plan != NULL && strcmp(plan, "read:1:short") == 0 && size > 1 && is_our_file(fd) ? size / 2 : size;
}
ssize_t read(int fd, void* bytes, size_t size) {
    ON_DESCRIPTOR(READ, fd);
    if (is_bad(fd, lseek(fd, 0, SEEK_CUR), size)) return -1;
    return NEXT(read)(fd, bytes, granted(fd, size));
}
ssize_t pread(int fd, void* bytes, size_t size, off_t at) {
    ON_DESCRIPTOR(READ, fd);
    if (is_bad(fd, at, size)) return -1;
    return NEXT(pread)(fd, bytes, granted(fd, size), at);
}
ssize_t pread64(int fd, void* bytes, size_t size, off64_t at) {
    ON_DESCRIPTOR(READ, fd);
    if (is_bad(fd, at, size)) return -1;
    return NEXT(pread64)(fd, bytes, granted(fd, size), at);
}
int fsync(int fd) {
    ON_DESCRIPTOR(FSYNC, fd);
    return NEXT(fsync)(fd);
}
int fdatasync(int fd) {
    ON_DESCRIPTOR(FSYNC, fd);
    return NEXT(fdatasync)(fd);
}
int ftruncate(int fd, off_t size) {
    ON_DESCRIPTOR(TRUNCATE, fd);
    return NEXT(ftruncate)(fd, size);
}
int ftruncate64(int fd, off64_t size) {
    ON_DESCRIPTOR(TRUNCATE, fd);
    return NEXT(ftruncate64)(fd, size);
}
int rename(const char* from, const char* to) {
    if (is_ours(from) && fails(RENAME)) return -1;
    return NEXT(rename)(from, to);
}

static mode_t mode_of(int flags, va_list arguments) {
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}
#define DEFINE_OPEN(name)                             \
    int name(const char* path, int flags, ...) {      \
        va_list arguments;                            \
        va_start(arguments, flags);                   \
        const mode_t mode = mode_of(flags, arguments); \
        va_end(arguments);                            \
        if (is_ours(path) && fails(OPEN)) return -1;  \
        return NEXT(name)(path, flags, mode);         \
    }
DEFINE_OPEN(open)
DEFINE_OPEN(open64)

__attribute__((destructor)) static void tell(void) {
    const char* file = getenv("MILEPOST_FAIL_COUNTS");
    FILE* out = file != NULL ? fopen(file, "w") : NULL;
    if (out == NULL) return;
    for (int kind = 0; kind < KINDS; ++kind) fprintf(out, "%s %ld\n", names[kind], (long)counts[kind]);
    fclose(out);
}
