/**
 * Traces of payloads, for a collector of OpenTelemetry.
 *
 * <p>In: finished messages from the monitor's feed, masked as for the history. Out: their spans, by
 * OTLP over HTTP. On threads of the container, off the way of payloads. A collector that is away,
 * slow or refuses costs spans, which are counted, and nothing else.
 */
@NullMarked
package io.dermaga.traces;

import org.jspecify.annotations.NullMarked;
