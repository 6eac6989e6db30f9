/**
 * What the stations of a payload cost, each alone: framing, and the way through the lane of a
 * connection to a worker.
 *
 * <p>No socket is open; a stub takes the place of a connection, and the thread of the benchmark
 * that of its event loop. Out: a result of JMH as JSON, in nanoseconds and in bytes of garbage, and
 * a comparison of two such results. Nothing here fails because something has become slower.
 */
@NullMarked
package io.dermaga.bench.jmh;

import org.jspecify.annotations.NullMarked;
