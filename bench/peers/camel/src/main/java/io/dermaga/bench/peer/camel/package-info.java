/**
 * The servers of the benchmark as Camel routes.
 *
 * <p>In: bytes of three ports. Out: payloads to the ledger, on a thread of Camel's Netty executor,
 * one for each connection; on one port, frames back. A connection that fails ends silently and
 * alone.
 */
@NullMarked
package io.dermaga.bench.peer.camel;

import org.jspecify.annotations.NullMarked;
