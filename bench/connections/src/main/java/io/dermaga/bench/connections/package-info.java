/**
 * Measures the page of the open connections with many of them. The product runs in a Payara Micro
 * of its own; its peers are in this process. Ends by itself within minutes, whatever happens.
 */
@NullMarked
package io.dermaga.bench.connections;

import org.jspecify.annotations.NullMarked;
