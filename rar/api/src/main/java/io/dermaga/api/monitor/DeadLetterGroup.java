package io.dermaga.api.monitor;

import java.time.Instant;

/**
 * Dead letters with the same fault.
 *
 * @param fault what they share, {@link DeadLetter#fault()}; a {@link DeadLetterFilter} with it as
 *     its cause finds them
 * @param count how many there are
 * @param newest when the bean last failed on one of them
 */
public record DeadLetterGroup(String fault, long count, Instant newest) {}
