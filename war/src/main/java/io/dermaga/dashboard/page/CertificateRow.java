package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.CertificateSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ResourceBundle;

/**
 * A certificate of a listener as it is shown.
 *
 * @param facts what it says
 * @param now when it is shown
 */
public record CertificateRow(CertificateSnapshot facts, Instant now) {

    private static final Duration SOON = Duration.ofDays(30);

    /** Servers that it is for. */
    public String names() {
        return String.join(", ", facts.names());
    }

    /** How long it holds, in words. */
    public String remaining(ResourceBundle texts) {
        Duration left = Duration.between(now, facts.notAfter());
        return left.isNegative()
                ? texts.getString("expired")
                : texts.getString("expiresIn").replace("{0}", Long.toString(left.toDays()));
    }

    /** Style class by how soon it expires. */
    public String style() {
        Duration left = Duration.between(now, facts.notAfter());
        if (left.isNegative()) {
            return "bad";
        }
        return left.compareTo(SOON) < 0 ? "warn" : "";
    }
}
