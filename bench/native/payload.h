/* The checked payload of the benchmark: what bench/payload's Ledger verifies, in C.
 *
 *   0  connection id     4  sequence     8  mask     12  check     16  body
 *
 * All integers are big-endian; a payload has 20 bytes or more. */
#ifndef PAYLOAD_H
#define PAYLOAD_H

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER 16
#define LEAST_PAYLOAD 20
#define MOST_IDS (1 << 20)
#define SAMPLES 8

static inline uint32_t int_at(const uint8_t *bytes, uint32_t offset) {
    uint32_t value;
    memcpy(&value, bytes + offset, 4);
    return ntohl(value);
}

static inline void put_int(uint8_t *bytes, uint32_t offset, uint32_t value) {
    value = htonl(value);
    memcpy(bytes + offset, &value, 4);
}

static inline uint32_t check_of(const uint8_t *bytes, uint32_t size) {
    uint32_t hash = 0x811C9DC5u ^ size;
    for (uint32_t at = 0; at < 12; at += 4) {
        hash = (hash ^ int_at(bytes, at)) * 16777619u;
    }
    for (uint32_t k = 0; k < SAMPLES; k++) {
        hash = (hash ^ int_at(bytes, HEADER + (size - LEAST_PAYLOAD) * k / (SAMPLES - 1))) * 16777619u;
    }
    return hash;
}

static inline void fail(const char *what) {
    perror(what);
    exit(2);
}

#endif
