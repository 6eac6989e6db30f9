/**
 * The payload of the benchmark and the ledger that verifies it.
 *
 * <p>In: payloads as a server has framed them, in the order of their connection. Out: how many were
 * right and how many were not. Runs on whatever thread the server under test delivers on. A wrong
 * payload never throws: it is counted, and the first few are told on stderr.
 */
@NullMarked
package io.dermaga.bench.payload;

import org.jspecify.annotations.NullMarked;
