/**
 * Whether the product lives, is ready and has started, for orchestrators and load balancers:
 * docs/metrics.md.
 *
 * <p>In: a snapshot of the adapter, on a thread of the container. Out: {@code /health/live}, {@code
 * /health/ready} and {@code /health/started} in the form of MicroProfile Health, without a login:
 * names of checks and no more. Fails never.
 */
@NullMarked
package io.dermaga.health;

import org.jspecify.annotations.NullMarked;
