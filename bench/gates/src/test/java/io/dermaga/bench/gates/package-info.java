/** What a payload may cost, in figures that are the same on every machine. */
@NullMarked
package io.dermaga.bench.gates;

import org.jspecify.annotations.NullMarked;
