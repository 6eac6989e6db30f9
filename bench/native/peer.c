/* The limit of what a server can do on Linux: one thread, epoll, no allocation on the way. */
#define _GNU_SOURCE
#include "payload.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define CHUNK (256 * 1024)
#define MOST_FRAME (1 << 20)

enum kind { EOF_LISTENER, FRAMES_LISTENER, ECHO_LISTENER, CONTROL, EOF_PEER, FRAMES_PEER, ECHO_PEER };

struct peer {
    enum kind kind;
    int fd;
    uint8_t *in; /* what is not complete */
    uint32_t in_size, in_capacity;
    uint8_t *out; /* what the peer has not taken */
    uint32_t out_size, out_capacity;
    struct peer *next; /* in the pool */
};

static uint32_t *expected;
static uint64_t verified, errors;
static uint8_t chunk[CHUNK];
static int epoll;
static struct peer *pool; /* closed ones keep their memory for the next */

static void verify(const uint8_t *payload, uint32_t size) {
    uint32_t id = size < LEAST_PAYLOAD ? MOST_IDS : int_at(payload, 0);
    if (id < MOST_IDS && check_of(payload, size) == int_at(payload, 12)
        && int_at(payload, 4) == (expected[id] & int_at(payload, 8))) {
        expected[id]++;
        verified++;
    } else {
        errors++;
    }
}

static void watch(struct peer *peer, uint32_t events, int operation) {
    struct epoll_event event = {.events = events, .data.ptr = peer};
    if (epoll_ctl(epoll, operation, peer->fd, &event) < 0) {
        fail("epoll_ctl");
    }
}

static void end(struct peer *peer) {
    close(peer->fd);
    peer->next = pool;
    pool = peer;
}

static struct peer *begin(enum kind kind, int fd) {
    struct peer *peer = pool;
    if (peer == NULL) {
        peer = calloc(1, sizeof *peer);
    } else {
        pool = peer->next;
    }
    peer->kind = kind;
    peer->fd = fd;
    peer->in_size = peer->out_size = 0;
    return peer;
}

static void reserve(uint8_t **bytes, uint32_t *capacity, uint32_t wanted) {
    if (wanted > *capacity) {
        *capacity = wanted > *capacity * 2 ? wanted : *capacity * 2;
        *bytes = realloc(*bytes, *capacity);
    }
}

static void append(uint8_t **to, uint32_t *size, uint32_t *capacity, const uint8_t *bytes, uint32_t count) {
    reserve(to, capacity, *size + count);
    memcpy(*to + *size, bytes, count);
    *size += count;
}

/* Verifies the frames that are complete; returns the bytes that they take. */
static uint32_t frames(const uint8_t *bytes, uint32_t size) {
    uint32_t at = 0;
    while (size - at >= 4) {
        uint32_t length = int_at(bytes, at);
        if (length > MOST_FRAME) {
            errors++;
            return size;
        }
        if (size - at - 4 < length) {
            break;
        }
        verify(bytes + at + 4, length);
        at += 4 + length;
    }
    return at;
}

static void answer(struct peer *peer, const uint8_t *bytes, uint32_t size) {
    ssize_t written = 0;
    if (peer->out_size == 0) {
        written = send(peer->fd, bytes, size, MSG_NOSIGNAL);
        written = written < 0 ? 0 : written;
    }
    if (written < size) {
        append(&peer->out, &peer->out_size, &peer->out_capacity, bytes + written, size - written);
        watch(peer, EPOLLOUT, EPOLL_CTL_MOD); /* reads no more until it has taken this */
    }
}

static void took(struct peer *peer, const uint8_t *bytes, uint32_t size) {
    if (peer->in_size > 0) {
        append(&peer->in, &peer->in_size, &peer->in_capacity, bytes, size);
        uint32_t used = frames(peer->in, peer->in_size);
        if (used > 0 && peer->kind == ECHO_PEER) {
            answer(peer, peer->in, used);
        }
        memmove(peer->in, peer->in + used, peer->in_size - used);
        peer->in_size -= used;
    } else {
        uint32_t used = frames(bytes, size);
        if (used > 0 && peer->kind == ECHO_PEER) {
            answer(peer, bytes, used);
        }
        if (used < size) {
            append(&peer->in, &peer->in_size, &peer->in_capacity, bytes + used, size - used);
        }
    }
}

static void collect(struct peer *peer) {
    reserve(&peer->in, &peer->in_capacity, peer->in_size + (peer->in_size < 4096 ? 2048 : CHUNK));
    ssize_t count = read(peer->fd, peer->in + peer->in_size, peer->in_capacity - peer->in_size);
    if (count > 0) {
        peer->in_size += count;
    } else if (count == 0) {
        verify(peer->in, peer->in_size);
        end(peer);
    } else if (errno != EAGAIN) {
        end(peer);
    }
}

static void readable(struct peer *peer) {
    if (peer->kind == EOF_PEER) {
        collect(peer);
        return;
    }
    ssize_t count = read(peer->fd, chunk, CHUNK);
    if (count > 0) {
        took(peer, chunk, count);
    } else if (count == 0 || errno != EAGAIN) {
        end(peer);
    }
}

static void writable(struct peer *peer) {
    ssize_t count = send(peer->fd, peer->out, peer->out_size, MSG_NOSIGNAL);
    if (count < 0) {
        if (errno != EAGAIN) {
            end(peer);
        }
        return;
    }
    memmove(peer->out, peer->out + count, peer->out_size - count);
    peer->out_size -= count;
    if (peer->out_size == 0) {
        watch(peer, EPOLLIN, EPOLL_CTL_MOD);
    }
}

static void accepted(struct peer *listener) {
    int fd;
    while ((fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        enum kind kind = listener->kind == EOF_LISTENER ? EOF_PEER
            : listener->kind == FRAMES_LISTENER        ? FRAMES_PEER
                                                       : ECHO_PEER;
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(begin(kind, fd), EPOLLIN, EPOLL_CTL_ADD);
    }
}

static void asked(void) {
    char line[256];
    ssize_t count = read(0, line, sizeof line);
    if (count <= 0) {
        exit(0);
    }
    printf("STATS %llu %llu\n", (unsigned long long) verified, (unsigned long long) errors);
    fflush(stdout);
}

static int listen_on(enum kind kind) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    if (fd < 0 || bind(fd, (struct sockaddr *) &address, sizeof address) < 0 || listen(fd, 4096) < 0) {
        fail("listen");
    }
    getsockname(fd, (struct sockaddr *) &address, &length);
    watch(begin(kind, fd), EPOLLIN, EPOLL_CTL_ADD);
    return ntohs(address.sin_port);
}

int main(void) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    expected = calloc(MOST_IDS, sizeof *expected);
    epoll = epoll_create1(0);
    int eof_port = listen_on(EOF_LISTENER);
    int frames_port = listen_on(FRAMES_LISTENER);
    int echo_port = listen_on(ECHO_LISTENER);
    struct peer control = {.kind = CONTROL, .fd = 0};
    watch(&control, EPOLLIN, EPOLL_CTL_ADD);
    printf("READY eof=%d frames=%d echo=%d\n", eof_port, frames_port, echo_port);
    fflush(stdout);
    struct epoll_event events[512];
    for (;;) {
        int count = epoll_wait(epoll, events, 512, -1);
        for (int i = 0; i < count; i++) {
            struct peer *peer = events[i].data.ptr;
            if (peer->kind == CONTROL) {
                asked();
            } else if (peer->kind <= ECHO_LISTENER) {
                accepted(peer);
            } else if (events[i].events & EPOLLOUT) {
                writable(peer);
            } else {
                readable(peer);
            }
        }
    }
}
