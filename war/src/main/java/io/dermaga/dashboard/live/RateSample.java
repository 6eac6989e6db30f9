package io.dermaga.dashboard.live;

import java.time.Instant;

/**
 * What a listener did in the second before.
 *
 * @param at the end of that second
 * @param payloads per second, whatever their outcome
 * @param bytes read per second
 * @param connections open
 */
public record RateSample(Instant at, double payloads, double bytes, int connections) {}
