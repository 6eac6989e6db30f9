package io.dermaga.dashboard.page;

/**
 * A quantity of bytes and what it may reach.
 *
 * @param key of its name in the resource bundle
 * @param used now
 * @param limit it may reach; 0 if it has none
 */
public record Gauge(String key, long used, long limit) {

    /** How full it is, 0 to 100; 0 without a limit. */
    public int percent() {
        return limit <= 0 ? 0 : (int) Math.min(100, Math.round(100.0 * used / limit));
    }

    /** {@code calm}, {@code high} from 70 %, {@code full} from 90 %. */
    public String severity() {
        return percent() >= 90 ? "full" : percent() >= 70 ? "high" : "calm";
    }
}
