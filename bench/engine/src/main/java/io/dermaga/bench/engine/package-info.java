/** The bare engine, without a container, as a server of the benchmark. */
@NullMarked
package io.dermaga.bench.engine;

import org.jspecify.annotations.NullMarked;
