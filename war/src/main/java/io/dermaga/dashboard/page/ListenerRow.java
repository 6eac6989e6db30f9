package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.dashboard.live.RateSample;
import java.util.Optional;

/**
 * A listener as the pages show it.
 *
 * @param facts of the snapshot
 * @param payloadRate payloads per second
 * @param byteRate bytes read per second
 */
public record ListenerRow(ListenerSnapshot facts, double payloadRate, double byteRate) {

    static ListenerRow of(ListenerSnapshot facts, Optional<RateSample> latest) {
        return new ListenerRow(
                facts,
                latest.map(RateSample::payloads).orElse(0.0),
                latest.map(RateSample::bytes).orElse(0.0));
    }
}
