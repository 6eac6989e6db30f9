package io.dermaga.api.monitor;

/**
 * Bytes that go through a listener in a second; 0: as many as come.
 *
 * @param read from all connections
 * @param readEach from each connection
 * @param write to all connections
 * @param writeEach to each connection
 */
public record Rates(long read, long readEach, long write, long writeEach) {}
