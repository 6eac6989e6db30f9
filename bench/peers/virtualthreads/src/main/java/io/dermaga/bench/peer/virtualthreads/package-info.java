/**
 * The servers of the benchmark in plain Java, with a virtual thread for each connection.
 *
 * <p>In: bytes of three ports. Out: payloads to the ledger, on the virtual thread of the
 * connection; on one port, frames back. A connection that fails ends silently and alone.
 */
@NullMarked
package io.dermaga.bench.peer.virtualthreads;

import org.jspecify.annotations.NullMarked;
