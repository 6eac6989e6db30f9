/**
 * Which payloads of a listener were delivered before: their keys, and how long they are known.
 *
 * <p>In: the beginning of a payload, and what became of it. Out: whether it may be delivered, and
 * what its peer was told the first time. Runs on workers, any number at a time; never blocks for
 * longer than a look into a map, and has no thread. Does not fail: a payload without a key is
 * delivered like any other.
 */
@NullMarked
package io.dermaga.engine.idempotency;

import org.jspecify.annotations.NullMarked;
