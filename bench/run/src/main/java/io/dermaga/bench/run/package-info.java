/**
 * Runs the benchmark: starts each server on one core, the load on another, and writes what each
 * unit of work has cost the server.
 */
@NullMarked
package io.dermaga.bench.run;

import org.jspecify.annotations.NullMarked;
