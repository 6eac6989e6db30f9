/**
 * The engine as a whole: sockets in, deliveries out, without any container.
 *
 * <p>In: settings, a pool of threads, a source of endpoints. Out: running {@link
 * io.dermaga.engine.Activation}s and what they tell of themselves. Any thread; starting and closing
 * block for a bounded time. May fail with numbered errors.
 */
@NullMarked
package io.dermaga.engine;

import org.jspecify.annotations.NullMarked;
