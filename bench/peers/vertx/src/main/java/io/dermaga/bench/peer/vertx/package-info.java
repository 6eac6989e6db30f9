/**
 * The servers of the benchmark in Vert.x.
 *
 * <p>In: bytes of three ports. Out: payloads to the ledger, on the event loop of the connection; on
 * one port, frames back. A connection that fails ends silently and alone.
 */
@NullMarked
package io.dermaga.bench.peer.vertx;

import org.jspecify.annotations.NullMarked;
