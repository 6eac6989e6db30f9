/**
 * The servers of the benchmark in Spring Integration, without Spring Boot.
 *
 * <p>In: bytes of three ports. Out: payloads to the ledger, on a thread of the connection factory's
 * pool; on one port, frames back. A connection that fails ends silently and alone.
 */
@NullMarked
package io.dermaga.bench.peer.springintegration;

import org.jspecify.annotations.NullMarked;
