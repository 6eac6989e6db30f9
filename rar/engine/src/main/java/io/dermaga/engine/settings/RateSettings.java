package io.dermaga.engine.settings;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that go through in a second; null: as many as come.
 *
 * @param read from all connections of the listener
 * @param readEach from each connection
 * @param write to all connections of the listener
 * @param writeEach to each connection
 */
public record RateSettings(
        @Nullable DataSize read,
        @Nullable DataSize readEach,
        @Nullable DataSize write,
        @Nullable DataSize writeEach) {

    /** The smallest limit, in bytes. */
    public static final long LEAST_BYTES = 1024;

    /** Whether there is a limit of what is written. */
    public boolean limitsWrites() {
        return write != null || writeEach != null;
    }
}
