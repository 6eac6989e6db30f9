package io.dermaga.history;

import java.time.Duration;

/**
 * How much history is kept, and where.
 *
 * @param source of its database
 * @param maxAge after which a message is removed
 * @param maxMessages of each listener
 * @param maxBytes of contents of each listener
 */
record HistorySettings(HistorySource source, Duration maxAge, long maxMessages, long maxBytes) {}
