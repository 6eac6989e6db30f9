package io.dermaga.history;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How much history is kept, and where.
 *
 * @param directory of the embedded database and of nothing else
 * @param maxAge after which a message is removed
 * @param maxMessages of each listener
 * @param maxBytes of contents of each listener
 */
record HistorySettings(Path directory, Duration maxAge, long maxMessages, long maxBytes) {}
