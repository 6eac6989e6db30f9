package io.dermaga.api.monitor;

/**
 * Memory and disk that payloads and connections hold, in bytes.
 *
 * @param budgetUsed payload bytes held in memory by all listeners (whole buffers, not only their
 *     filled part)
 * @param budgetLimit the adapter's byte budget
 * @param directUsed direct memory that the buffer allocator has reserved
 * @param heapUsed heap memory that the buffer allocator and the message records have reserved
 * @param spillUsed bytes of large payloads on disk
 * @param spillLimit how many there may be
 */
public record MemorySnapshot(
        long budgetUsed,
        long budgetLimit,
        long directUsed,
        long heapUsed,
        long spillUsed,
        long spillLimit) {}
