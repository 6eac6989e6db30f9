package io.dermaga.api.monitor;

import java.time.Duration;

/**
 * What is to be recorded.
 *
 * @param listener name of the one whose connections are recorded; empty: of all
 * @param peers addresses and ranges ({@code 10.0.0.0/8}, {@code ::1}), separated by commas; empty:
 *     of everybody
 * @param budget bytes on disk at which the recording ends, {@link #LEAST_BYTES} or more
 * @param limit time after which it ends, one second to {@link #MOST_TIME}
 */
public record RecordingRequest(String listener, String peers, long budget, Duration limit) {

    /** The smallest budget. */
    public static final long LEAST_BYTES = 64 * 1024;

    /** The longest time. */
    public static final Duration MOST_TIME = Duration.ofHours(24);

    /** A budget that suits most cases. */
    public static final long DEFAULT_BYTES = 16 * 1024 * 1024;

    /** A time that suits most cases. */
    public static final Duration DEFAULT_TIME = Duration.ofMinutes(10);
}
