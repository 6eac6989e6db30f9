/* The load: one thread, epoll, payloads made beforehand. It costs far less than what it measures.
 *
 *   load eof    PORT ID SIZE CONNECTIONS WARMUP SECONDS        one payload a connection, until the end
 *   load frames PORT ID SIZE CONNECTIONS WARMUP SECONDS        pipelined frames, nothing is answered
 *   load echo   PORT ID SIZE CONNECTIONS WARMUP SECONDS [RATE] closed loop, or RATE frames a second
 *   load storm  PORT ID SIZE CONNECTIONS WARMUP SECONDS        connect, one echo, reset
 *   load slow   PORT ID SIZE CONNECTIONS BYTES                 asks for echoes and reads none
 *   load hold   PORT CONNECTIONS                               connects, and holds
 *
 * PORT is one, or several with commas between them that get their connections in turn.
 * ID is the first connection id; those of "eof" and "storm" are in the upper half of all ids, and theirs
 * tells where in that half to begin. Prints WINDOW when the warm-up is over, END when the measured time is,
 * and, when everything sent was answered or taken, DONE with name=value figures. Latency of an open loop
 * counts from the moment when the frame should have been sent, so that a server which stalls is
 * charged for all that it kept waiting. "hold" and "slow" print HELD and wait for the end of stdin.
 * Exit status 3: the server has not taken or answered everything in time; 2: anything else is wrong.
 */
#define _GNU_SOURCE
#include "payload.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define RING_BYTES (512 * 1024)
#define WRITE_BYTES (256 * 1024)
#define SOURCES 8
#define MOST_LATENCIES 4000000
#define MOST_PENDING 1024
#define LEAST_PENDING 16
#define MOST_PORTS 1024
#define LIMIT_NANOS 20000000000ULL

struct peer {
    int fd;
    uint32_t index;
    uint32_t id;
    uint8_t *ring; /* all frames of the connection, one after the other */
    uint64_t sent;  /* bytes of the endless repetition of the ring */
    uint64_t limit; /* bytes that may be sent; whole frames */
    uint64_t got;   /* bytes of answers */
    uint64_t *times; /* when each frame that is on its way was to be sent */
    bool ended;
    bool waits; /* for room */
};

static int epoll;
static uint16_t ports[MOST_PORTS]; /* connections are dealt out to them */
static uint32_t port_count;
static uint32_t first_id, size, count;
static uint32_t frame, ring_frames, ring_bytes, pending;
static uint64_t window_at, end_at;
static uint64_t units, measured, errors, latencies;
static uint64_t *latency;
static struct peer *peers;
static uint8_t *body;
static bool windowed, stopped;

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

static void say(const char *word) {
    printf("%s\n", word);
    fflush(stdout);
}

static void error(const char *what, struct peer *peer) {
    if (errors++ < 5) {
        fprintf(stderr, "connection %u: %s (%s)\n", peer->id, what, strerror(errno));
    }
}

static void seal(uint8_t *payload, uint32_t id, uint32_t sequence, uint32_t mask) {
    put_int(payload, 0, id);
    put_int(payload, 4, sequence);
    put_int(payload, 8, mask);
    put_int(payload, 12, check_of(payload, size));
}

static void make_ring(struct peer *peer) {
    if (peer->ring == NULL) {
        peer->ring = malloc(ring_bytes);
    }
    for (uint32_t i = 0; i < ring_frames; i++) {
        uint8_t *at = peer->ring + (uint64_t) i * frame;
        put_int(at, 0, size);
        memcpy(at + 4, body + (i * 64 + peer->index) % 4096, size);
        seal(at + 4, peer->id, i, ring_frames - 1);
    }
}

static void watch(struct peer *peer, uint32_t events, int operation) {
    struct epoll_event event = {.events = events, .data.ptr = peer};
    if (epoll_ctl(epoll, operation, peer->fd, &event) < 0) {
        fail("epoll_ctl");
    }
}

/* Several source addresses, so that local ports do not run out. */
static void dial(struct peer *peer, uint32_t events) {
    int on = 1;
    static uint32_t dialled;
    uint16_t port = ports[dialled % port_count];
    peer->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (peer->fd < 0) {
        fail("socket");
    }
    setsockopt(peer->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(peer->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    struct sockaddr_in source = {.sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + dialled++ % SOURCES)};
    struct sockaddr_in target = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
    if (bind(peer->fd, (struct sockaddr *) &source, sizeof source) < 0) {
        fail("bind");
    }
    if (connect(peer->fd, (struct sockaddr *) &target, sizeof target) < 0 && errno != EINPROGRESS) {
        fail("connect");
    }
    peer->sent = peer->got = 0;
    peer->ended = peer->waits = false;
    if (events != 0) {
        watch(peer, events, EPOLL_CTL_ADD);
    }
}

/* One after the other: the backlog is not what is measured. */
static void dial_all(uint32_t events) {
    uint64_t limit = now() + LIMIT_NANOS;
    for (uint32_t i = 0; i < count; i++) {
        struct tcp_info info;
        socklen_t length = sizeof info;
        dial(&peers[i], events);
        while (getsockopt(peers[i].fd, IPPROTO_TCP, TCP_INFO, &info, &length) == 0
               && info.tcpi_state != TCP_ESTABLISHED) {
            if (info.tcpi_state == TCP_CLOSE || now() > limit) {
                fprintf(stderr, "connection %u was refused\n", i);
                exit(3);
            }
            usleep(100);
        }
    }
}

/* A reset leaves no TIME_WAIT behind; the server has closed already. */
static void hang_up(struct peer *peer) {
    struct linger none = {.l_onoff = 1};
    setsockopt(peer->fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    close(peer->fd);
    peer->fd = -1;
}

static void clock_on(uint64_t at) {
    if (!windowed && at >= window_at) {
        windowed = true;
        say("WINDOW");
    }
    if (!stopped && at >= end_at) {
        stopped = true;
        say("END");
    }
    if (at > end_at + LIMIT_NANOS) {
        fprintf(stderr, "not finished 20 s after the end\n");
        exit(3);
    }
}

static void unit(uint64_t since, uint64_t at) {
    units++;
    if (windowed && !stopped) {
        measured++;
        if (latencies < MOST_LATENCIES) {
            latency[latencies++] = at - since;
        }
    }
}

static void ended(struct peer *peer) {
    watch(peer, EPOLLIN, EPOLL_CTL_MOD);
    if (shutdown(peer->fd, SHUT_WR) < 0) {
        error("shutdown", peer);
    }
    peer->ended = true;
}

/* A connection of one payload has an id of its own: nobody owes an order across connections. */
static void seal_single(struct peer *peer, uint8_t *payload) {
    static uint32_t single;
    peer->id = MOST_IDS / 2 + (first_id + single++) % (MOST_IDS / 2);
    seal(payload, peer->id, 0, 0);
}

/* ---- eof */

static void eof_next(struct peer *peer) {
    seal_single(peer, peer->ring);
    peer->times[0] = now();
    dial(peer, EPOLLOUT);
}

static bool eof_event(struct peer *peer, uint32_t events) {
    if (!peer->ended) {
        ssize_t written = send(peer->fd, peer->ring + peer->sent, size - peer->sent, MSG_NOSIGNAL);
        if (written < 0) {
            if (errno == EAGAIN) {
                return true;
            }
            error("send", peer);
            exit(2);
        }
        peer->sent += written;
        if (peer->sent == size) {
            ended(peer);
        }
        return true;
    }
    char answer[64];
    ssize_t read_bytes = recv(peer->fd, answer, sizeof answer, 0);
    if (read_bytes < 0 && errno == EAGAIN) {
        return true;
    }
    if (read_bytes != 0) {
        error("no orderly end", peer);
    }
    unit(peer->times[0], now());
    hang_up(peer);
    (void) events;
    if (stopped) {
        return false;
    }
    eof_next(peer);
    return true;
}

/* ---- frames */

static void frames_send(struct peer *peer) {
    for (int i = 0; i < 4; i++) {
        if (stopped && peer->sent % frame == 0) {
            ended(peer);
            return;
        }
        uint64_t at = peer->sent % ring_bytes;
        uint64_t bytes = ring_bytes - at < WRITE_BYTES ? ring_bytes - at : WRITE_BYTES;
        if (stopped) {
            bytes = frame - peer->sent % frame;
        }
        ssize_t written = send(peer->fd, peer->ring + at, bytes, MSG_NOSIGNAL);
        if (written < 0) {
            if (errno != EAGAIN) {
                error("send", peer);
                exit(2);
            }
            return;
        }
        peer->sent += written;
    }
}

static bool frames_event(struct peer *peer, uint32_t events) {
    if (!peer->ended) {
        if (events & (EPOLLERR | EPOLLHUP)) {
            error("closed by the server", peer);
            exit(2);
        }
        frames_send(peer);
        return true;
    }
    char answer[64];
    ssize_t read_bytes = recv(peer->fd, answer, sizeof answer, 0);
    if (read_bytes < 0 && errno == EAGAIN) {
        return true;
    }
    if (read_bytes != 0) {
        error("no orderly end", peer);
    }
    units += peer->sent / frame;
    hang_up(peer);
    return false;
}

/* ---- echo */

static void echo_flush(struct peer *peer) {
    while (peer->sent < peer->limit) {
        uint64_t at = peer->sent % ring_bytes;
        uint64_t bytes = ring_bytes - at < peer->limit - peer->sent ? ring_bytes - at : peer->limit - peer->sent;
        ssize_t written = send(peer->fd, peer->ring + at, bytes, MSG_NOSIGNAL);
        if (written < 0) {
            if (errno != EAGAIN) {
                error("send", peer);
                exit(2);
            }
            if (!peer->waits) {
                peer->waits = true;
                watch(peer, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
            }
            return;
        }
        peer->sent += written;
    }
    if (peer->waits) {
        peer->waits = false;
        watch(peer, EPOLLIN, EPOLL_CTL_MOD);
    }
}

static void echo_send(struct peer *peer, uint64_t due) {
    if ((peer->limit - peer->got) / frame >= pending - 1) {
        error("too many frames without an answer", peer);
        exit(2);
    }
    peer->times[peer->limit / frame % pending] = due;
    peer->limit += frame;
    echo_flush(peer);
}

static void echo_read(struct peer *peer, bool closed_loop) {
    static uint8_t answers[256 * 1024];
    ssize_t count_read = recv(peer->fd, answers, sizeof answers, 0);
    if (count_read <= 0) {
        if (count_read < 0 && errno == EAGAIN) {
            return;
        }
        error("closed by the server", peer);
        exit(2);
    }
    uint64_t at = now();
    if (peer->got + count_read > peer->limit) {
        error("more answers than questions", peer);
        exit(2);
    }
    for (uint32_t i = 0; i < count_read;) {
        uint64_t in_ring = (peer->got + i) % ring_bytes;
        uint64_t left = (uint64_t) count_read - i;
        uint32_t bytes = ring_bytes - in_ring < left ? ring_bytes - in_ring : left;
        if (memcmp(answers + i, peer->ring + in_ring, bytes) != 0) {
            error("wrong answer", peer);
            exit(2);
        }
        i += bytes;
    }
    uint64_t before = peer->got / frame;
    peer->got += count_read;
    for (uint64_t i = before; i < peer->got / frame; i++) {
        unit(peer->times[i % pending], at);
        if (closed_loop && !stopped) {
            echo_send(peer, now());
        }
    }
}

static uint64_t outstanding(void) {
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < count; i++) {
        bytes += peers[i].limit - peers[i].got;
    }
    return bytes;
}

static void echo(double rate) {
    struct epoll_event events[512];
    uint64_t interval = rate > 0 ? 1e9 / rate : 0;
    dial_all(EPOLLIN);
    uint64_t due = now();
    window_at += due;
    end_at += due;
    uint32_t next = 0;
    if (rate == 0) {
        for (uint32_t i = 0; i < count; i++) {
            echo_send(&peers[i], now());
        }
    }
    uint64_t at = now();
    while (!stopped || outstanding() > 0) {
        at = now();
        clock_on(at);
        while (rate > 0 && !stopped && due <= at) {
            echo_send(&peers[next++ % count], due);
            due += interval;
        }
        int ready = epoll_wait(epoll, events, 512, rate > 0 && !stopped ? 0 : 10);
        for (int i = 0; i < ready; i++) {
            struct peer *peer = events[i].data.ptr;
            if (events[i].events & EPOLLOUT) {
                echo_flush(peer);
            }
            if (events[i].events & (EPOLLIN | EPOLLERR | EPOLLHUP)) {
                echo_read(peer, rate == 0);
            }
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        ended(&peers[i]);
    }
}

/* ---- storm */

static void storm_next(struct peer *peer) {
    put_int(peer->ring, 0, size);
    seal_single(peer, peer->ring + 4);
    peer->times[0] = now();
    dial(peer, EPOLLOUT);
}

static bool storm_event(struct peer *peer, uint32_t events) {
    (void) events;
    if (peer->sent == 0) {
        if (send(peer->fd, peer->ring, frame, MSG_NOSIGNAL) != frame) {
            error("send", peer);
            exit(2);
        }
        peer->sent = frame;
        watch(peer, EPOLLIN, EPOLL_CTL_MOD);
        return true;
    }
    uint8_t answer[4096];
    ssize_t read_bytes = recv(peer->fd, answer, sizeof answer, 0);
    if (read_bytes < 0 && errno == EAGAIN) {
        return true;
    }
    if (read_bytes != frame || memcmp(answer, peer->ring, frame) != 0) {
        error("wrong answer", peer);
    }
    unit(peer->times[0], now());
    hang_up(peer);
    if (stopped) {
        return false;
    }
    storm_next(peer);
    return true;
}

/* ---- the loop of all that is driven by events alone */

static void drive(void (*begin)(struct peer *), bool (*event)(struct peer *, uint32_t)) {
    struct epoll_event events[512];
    uint64_t at = now();
    window_at += at;
    end_at += at;
    for (uint32_t i = 0; i < count; i++) {
        begin(&peers[i]);
    }
    uint32_t open = count;
    while (open > 0) {
        clock_on(now());
        int ready = epoll_wait(epoll, events, 512, 10);
        for (int i = 0; i < ready; i++) {
            if (!event(events[i].data.ptr, events[i].events)) {
                open--;
            }
        }
    }
    clock_on(now());
}

static void frames_begin(struct peer *peer) {
    dial(peer, EPOLLOUT);
}

/* ---- held connections */

static void await_end(void) {
    char line[64];
    while (read(0, line, sizeof line) > 0) {
    }
}

static void hold(void) {
    peers = calloc(count, sizeof *peers);
    dial_all(0);
    say("HELD");
    await_end();
}

static void slow(uint64_t bytes) {
    for (uint32_t i = 0; i < count; i++) {
        int small = 4096;
        dial(&peers[i], 0);
        setsockopt(peers[i].fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    }
    usleep(200000); /* all are connected */
    uint64_t sent = 0;
    for (int round = 0; round < 500; round++) {
        for (uint32_t i = 0; i < count; i++) {
            struct peer *peer = &peers[i];
            while (peer->sent < bytes) {
                uint64_t at = peer->sent % ring_bytes;
                uint64_t most = bytes - peer->sent < ring_bytes - at ? bytes - peer->sent : ring_bytes - at;
                ssize_t written = send(peer->fd, peer->ring + at, most, MSG_NOSIGNAL);
                if (written <= 0) {
                    break;
                }
                peer->sent += written;
                sent += written;
            }
        }
        usleep(4000);
    }
    printf("HELD sent=%llu\n", (unsigned long long) sent);
    fflush(stdout);
    await_end();
}

static int ascending(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *) a, y = *(const uint64_t *) b;
    return x < y ? -1 : x > y;
}

static uint64_t quantile(double q) {
    return latencies == 0 ? 0 : latency[(uint64_t) (q * (latencies - 1))];
}

static void prepare(bool rings) {
    size_t body_bytes = 4096 + (size_t) size;
    body = malloc(body_bytes);
    srand(20261124);
    for (size_t i = 0; i < body_bytes; i++) {
        body[i] = rand() >> 7;
    }
    frame = 4 + size;
    ring_frames = 1;
    while (rings && ring_frames * 2 * frame <= RING_BYTES && ring_frames < 8192) {
        ring_frames *= 2;
    }
    if (rings && count > 1000) {
        ring_frames = ring_frames > 16 ? 16 : ring_frames;
    }
    ring_bytes = ring_frames * frame;
    pending = rings && count <= 1000 ? MOST_PENDING : LEAST_PENDING;
    peers = calloc(count, sizeof *peers);
    latency = malloc(MOST_LATENCIES * sizeof *latency);
    for (uint32_t i = 0; i < count; i++) {
        peers[i].index = i;
        peers[i].id = first_id + i;
        peers[i].times = malloc(sizeof(uint64_t) * pending);
        if (rings) {
            make_ring(&peers[i]);
        } else {
            peers[i].ring = malloc(frame);
            memcpy(peers[i].ring, body + i % 4096, size);
            memcpy(peers[i].ring + 4, body + i % 4096, size);
        }
    }
}

int main(int arguments, char **argument) {
    if (arguments < 4) {
        fprintf(stderr, "usage: see the head of load.c\n");
        return 2;
    }
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    const char *mode = argument[1];
    for (char *next = argument[2]; port_count < MOST_PORTS; next++) {
        long port = strtol(next, &next, 10);
        if (port < 1 || port > UINT16_MAX || (*next != ',' && *next != 0)) {
            fprintf(stderr, "ports: given %s, allowed: 1 to 65535, with commas between them\n", argument[2]);
            return 2;
        }
        ports[port_count++] = (uint16_t) port;
        if (*next == 0) {
            break;
        }
    }
    epoll = epoll_create1(0);
    if (strcmp(mode, "hold") == 0) {
        count = atoi(argument[3]);
        hold();
        return 0;
    }
    first_id = atoi(argument[3]);
    size = atoi(argument[4]);
    count = atoi(argument[5]);
    if (strcmp(mode, "slow") == 0) {
        prepare(true);
        slow(atoll(argument[6]));
        return 0;
    }
    window_at = atof(argument[6]) * 1e9;
    end_at = window_at + (uint64_t) (atof(argument[7]) * 1e9);
    uint64_t begin = now();
    if (strcmp(mode, "eof") == 0) {
        prepare(false);
        drive(eof_next, eof_event);
    } else if (strcmp(mode, "frames") == 0) {
        prepare(true);
        drive(frames_begin, frames_event);
    } else if (strcmp(mode, "echo") == 0) {
        prepare(true);
        echo(arguments > 8 ? atof(argument[8]) : 0);
    } else if (strcmp(mode, "storm") == 0) {
        prepare(false);
        drive(storm_next, storm_event);
    } else {
        fprintf(stderr, "unknown: %s\n", mode);
        return 2;
    }
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    qsort(latency, latencies, sizeof *latency, ascending);
    printf("DONE units=%llu measured=%llu errors=%llu p50=%llu p90=%llu p99=%llu p999=%llu max=%llu cpu=%.3f wall=%.3f\n",
        (unsigned long long) units, (unsigned long long) measured, (unsigned long long) errors,
        (unsigned long long) quantile(0.5), (unsigned long long) quantile(0.9),
        (unsigned long long) quantile(0.99), (unsigned long long) quantile(0.999),
        (unsigned long long) quantile(1),
        used.ru_utime.tv_sec + used.ru_utime.tv_usec / 1e6 + used.ru_stime.tv_sec + used.ru_stime.tv_usec / 1e6,
        (now() - begin) / 1e9);
    return errors == 0 ? 0 : 1;
}
