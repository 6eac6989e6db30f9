/*
 * Keeps beside a directory what of it has been forced to disk, as a disk does that loses power.
 * LD_PRELOAD; FORGET_DIRECTORY is watched, FORGET_SHADOW gets what was forced. A write counts when
 * its file is forced; the making of a file too. A rename and a deletion count at once.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FILES 4096

struct dirty { dev_t device; ino_t inode; off_t from, to; };

static struct dirty files[MOST_FILES];
static int count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

/* Path in the shadow of a path that is watched. */
static int shadow_of(const char *path, char *target) {
    const char *directory = getenv("FORGET_DIRECTORY"), *shadow = getenv("FORGET_SHADOW");
    size_t length = directory ? strlen(directory) : 0;
    if (!length || !shadow || strncmp(path, directory, length) || path[length] != '/') return 0;
    return snprintf(target, PATH_MAX, "%s%s", shadow, path + length) < PATH_MAX;
}

static int shadow_of_open(int fd, char *target) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return shadow_of(path, target);
}

static struct dirty *find(const struct stat *about) {
    for (int i = 0; i < count; i++)
        if (files[i].inode == about->st_ino && files[i].device == about->st_dev) return &files[i];
    return NULL;
}

static void written(int fd, off_t from, ssize_t bytes) {
    int error = errno;
    char target[PATH_MAX];
    struct stat about;
    if (bytes > 0 && !fstat(fd, &about) && S_ISREG(about.st_mode) && shadow_of_open(fd, target)) {
        pthread_mutex_lock(&lock);
        struct dirty *file = find(&about);
        if (!file) {
            if (count == MOST_FILES) abort();
            file = &files[count++];
            *file = (struct dirty) {about.st_dev, about.st_ino, from, from};
        }
        if (file->from == file->to) file->from = file->to = from;
        if (from < file->from) file->from = from;
        if (from + bytes > file->to) file->to = from + bytes;
        pthread_mutex_unlock(&lock);
    }
    errno = error;
}

static void make_parents(char *path) {
    for (char *at = path + 1; (at = strchr(at, '/')); at++) {
        *at = 0;
        mkdir(path, 0777);
        *at = '/';
    }
}

static void forced(int fd) {
    static char bytes[1 << 16];
    char target[PATH_MAX];
    struct stat about;
    if (fstat(fd, &about) || !S_ISREG(about.st_mode) || !shadow_of_open(fd, target)) return;
    pthread_mutex_lock(&lock);
    make_parents(target);
    int copy = open(target, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (copy < 0) abort();
    struct dirty *file = find(&about);
    off_t at = file ? file->from : 0, end = file ? file->to : 0;
    while (at < end) {
        size_t most = end - at < (off_t) sizeof bytes ? (size_t) (end - at) : sizeof bytes;
        ssize_t got = pread(fd, bytes, most, at);
        if (got < 0 && errno == EBADF) { /* opened for writing alone */
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
            int again = open(link, O_RDONLY | O_CLOEXEC);
            got = pread(again, bytes, most, at);
            close(again);
        }
        if (got <= 0) break;
        if (REAL(pwrite64)(copy, bytes, got, at) != got) abort();
        at += got;
    }
    if (file) file->from = file->to = 0;
    if (REAL(ftruncate64)(copy, about.st_size)) abort();
    close(copy);
    pthread_mutex_unlock(&lock);
}

ssize_t write(int fd, const void *from, size_t bytes) {
    ssize_t done = REAL(write)(fd, from, bytes);
    if (done > 0) {
        off_t at = lseek(fd, 0, SEEK_CUR);
        if (at >= done) written(fd, at - done, done);
    }
    return done;
}

ssize_t writev(int fd, const struct iovec *parts, int number) {
    ssize_t done = REAL(writev)(fd, parts, number);
    if (done > 0) {
        off_t at = lseek(fd, 0, SEEK_CUR);
        if (at >= done) written(fd, at - done, done);
    }
    return done;
}

ssize_t pwrite64(int fd, const void *from, size_t bytes, off64_t at) {
    ssize_t done = REAL(pwrite64)(fd, from, bytes, at);
    written(fd, at, done);
    return done;
}

ssize_t pwrite(int fd, const void *from, size_t bytes, off_t at) { return pwrite64(fd, from, bytes, at); }

int fsync(int fd) {
    int failed = REAL(fsync)(fd);
    if (!failed) forced(fd);
    return failed;
}

int fdatasync(int fd) {
    int failed = REAL(fdatasync)(fd);
    if (!failed) forced(fd);
    return failed;
}

int rename(const char *from, const char *to) {
    char source[PATH_MAX], target[PATH_MAX];
    int failed = REAL(rename)(from, to);
    if (!failed && shadow_of(from, source) && shadow_of(to, target)) REAL(rename)(source, target);
    return failed;
}

static void deleted(const char *path, const struct stat *about) {
    char target[PATH_MAX];
    if (!shadow_of(path, target)) return;
    pthread_mutex_lock(&lock);
    struct dirty *file = find(about); /* its number may be given to another file */
    if (file) *file = files[--count];
    pthread_mutex_unlock(&lock);
    REAL(unlink)(target);
}

int unlink(const char *path) {
    struct stat about = {0};
    stat(path, &about);
    int failed = REAL(unlink)(path);
    if (!failed) deleted(path, &about);
    return failed;
}

int remove(const char *path) {
    struct stat about = {0};
    stat(path, &about);
    int failed = REAL(remove)(path);
    if (!failed) deleted(path, &about);
    return failed;
}
