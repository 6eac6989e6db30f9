/**
 * The servers of the benchmark as a Spring Boot application.
 *
 * <p>In: bytes of three ports. Out: payloads to the ledger, on the thread of the connection; on one
 * port, frames back. A connection that fails ends silently and alone.
 */
@NullMarked
package io.dermaga.bench.peer.springboot;

import org.jspecify.annotations.NullMarked;
