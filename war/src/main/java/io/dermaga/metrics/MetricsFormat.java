package io.dermaga.metrics;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The formats in which metrics are told. */
enum MetricsFormat {
    /** What everybody understands. */
    TEXT("text/plain; version=0.0.4; charset=utf-8"),
    /** For those who ask for it. */
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String contentType;

    MetricsFormat(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /**
     * @param accept header of the request; null if it has none
     */
    static MetricsFormat of(@Nullable String accept) {
        return accept != null
                        && accept.toLowerCase(Locale.ROOT).contains("application/openmetrics-text")
                ? OPEN_METRICS
                : TEXT;
    }
}
