/**
 * The beans of the benchmark: each kind takes one payload until the end of the stream, frames, and
 * frames that it answers, on three listeners.
 */
@NullMarked
package io.dermaga.bench.application;

import org.jspecify.annotations.NullMarked;
