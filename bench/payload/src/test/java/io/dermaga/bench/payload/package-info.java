/** Proofs that the ledger sees every kind of wrong payload. */
@NullMarked
package io.dermaga.bench.payload;

import org.jspecify.annotations.NullMarked;
