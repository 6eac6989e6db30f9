package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.LatencySnapshot;
import io.dermaga.api.monitor.StageLatencies;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long something took.
 *
 * @param key of its name: of a stage in the resource bundle, or of a listener
 * @param median of one half of the payloads; null if there were none
 * @param most of 99 percent of them; null if there were none
 */
public record Latency(String key, @Nullable Duration median, @Nullable Duration most) {

    static Latency of(String key, LatencySnapshot latencies) {
        return new Latency(
                key, latencies.quantile(0.5).orElse(null), latencies.quantile(0.99).orElse(null));
    }

    static List<Latency> stages(StageLatencies latencies) {
        return List.of(
                of("receiving", latencies.receiving()),
                of("waiting", latencies.waiting()),
                of("inBean", latencies.inBean()),
                of("whole", latencies.whole()));
    }
}
