/** Benchmarks: never part of the product. */
@NullMarked
package io.dermaga.bench;

import org.jspecify.annotations.NullMarked;
