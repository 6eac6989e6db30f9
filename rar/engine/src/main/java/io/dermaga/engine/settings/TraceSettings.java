package io.dermaga.engine.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which payloads are traced: {@code dermaga.trace.*}, as far as the adapter has to know. Who
 * exports the spans reads the rest. Thread-safe.
 */
public final class TraceSettings {

    private static final String ENDPOINT = "dermaga.trace.endpoint";
    private static final String SAMPLE = "dermaga.trace.sample";

    private final List<SettingSource> sources;
    private final boolean on;

    private TraceSettings(List<SettingSource> sources) {
        this.sources = List.copyOf(sources);
        this.on = given(ENDPOINT) != null;
    }

    /**
     * Reads what holds for all listeners.
     *
     * @param sources strongest first
     * @throws SettingsException DMG1001 if the share of all is none
     */
    static TraceSettings read(List<SettingSource> sources) {
        TraceSettings settings = new TraceSettings(sources);
        settings.share(SAMPLE, 1);
        return settings;
    }

    /**
     * The share of a listener's payloads that is exported, 0 to 1; 0 where nothing is traced.
     *
     * @throws SettingsException DMG1001 if it is none
     */
    public double share(String listener) {
        return on ? share(SAMPLE + "." + listener, share(SAMPLE, 1)) : 0;
    }

    /** Why a listener cannot be opened; none if it can. */
    public List<String> problems(String listener) {
        try {
            share(listener);
            return List.of();
        } catch (SettingsException e) {
            return e.problems();
        }
    }

    private double share(String key, double fallback) {
        String text = given(key);
        if (text == null) {
            return fallback;
        }
        try {
            double share = Double.parseDouble(text.strip());
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number out of range
        }
        throw new SettingsException(
                "tracing",
                List.of("DMG1001 property '%s': given '%s', allowed: 0 to 1".formatted(key, text)));
    }

    /** As the one who exports, which takes an empty value for none. */
    private @Nullable String given(String key) {
        for (SettingSource source : sources) {
            String text = source.value(key);
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }
}
