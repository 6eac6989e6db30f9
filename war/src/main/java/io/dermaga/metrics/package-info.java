/**
 * The figures of the adapter for Prometheus: docs/metrics.md.
 *
 * <p>In: one {@link io.dermaga.api.monitor.AdapterSnapshot} for each time that somebody asks, on a
 * thread of the container. Out: {@code /metrics} in the text format and as OpenMetrics. An adapter
 * that is not there is no failure: its figures are missing, and {@code dermaga_adapter_connected}
 * is 0.
 */
@NullMarked
package io.dermaga.metrics;

import org.jspecify.annotations.NullMarked;
