package io.dermaga.api.monitor;

import org.jspecify.annotations.Nullable;

/**
 * A finished message with what is kept of its content.
 *
 * @param facts of it
 * @param content the kept beginning; null if nothing of it is kept, or not any more
 */
public record RecordedMessage(MessageRecord facts, @Nullable MessageContent content) {}
