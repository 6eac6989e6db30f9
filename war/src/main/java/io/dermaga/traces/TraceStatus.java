package io.dermaga.traces;

import org.jspecify.annotations.Nullable;

/**
 * How it stands with the collector.
 *
 * @param collector where spans are sent: scheme, host and port
 * @param exported payloads whose spans were taken since the start
 * @param waiting payloads whose spans wait to be sent
 * @param overflown payloads whose spans were dropped, since too many waited
 * @param refused payloads whose spans the collector refused
 * @param forgotten payloads that the adapter had forgotten before they were read
 * @param rejectedSpans spans that the collector left out of requests that it took
 * @param problem numbered, why the last request was not taken as it was; null if it was
 */
public record TraceStatus(
        String collector,
        long exported,
        long waiting,
        long overflown,
        long refused,
        long forgotten,
        long rejectedSpans,
        @Nullable String problem) {

    /** Payloads that will have no trace, though they should. */
    public long dropped() {
        return overflown + refused + forgotten;
    }
}
