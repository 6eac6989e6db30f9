/**
 * ⑥ What the engine knows about itself: counters, the numbered feeds of messages and events, the
 * kernel's queues.
 *
 * <p>In: calls of event loops and workers, which never wait for a reader. Out: the records of
 * {@code io.dermaga.api.monitor}. Any thread. Fails never.
 */
@NullMarked
package io.dermaga.engine.monitor;

import org.jspecify.annotations.NullMarked;
