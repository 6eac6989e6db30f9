package io.dermaga.engine.tls;

import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.engine.monitor.Feed;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Warns once a day of certificates that expire soon or have expired. Not thread-safe. */
final class Expiry {

    private static final Duration AGAIN = Duration.ofDays(1);

    private final String listener;
    private final Duration ahead;
    private final Feed feed;
    private volatile Instant next = Instant.MIN;

    Expiry(String listener, Duration ahead, Feed feed) {
        this.listener = listener;
        this.ahead = ahead;
        this.feed = feed;
    }

    /** There are other certificates. */
    void forget() {
        next = Instant.MIN;
    }

    void check(List<Identity> identities, Instant now) {
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(AGAIN);
        for (Identity one : identities) {
            X509Certificate certificate = one.chain().get(0);
            Instant end = certificate.getNotAfter().toInstant();
            if (end.isBefore(now.plus(ahead))) {
                long days = Math.max(0, Duration.between(now, end).toDays());
                feed.warning(
                        Kind.CERTIFICATE,
                        listener,
                        null,
                        "DMG2203 certificate %s of listener '%s' in '%s' %s on %s"
                                .formatted(
                                        Certificates.subject(certificate),
                                        listener,
                                        one.file(),
                                        end.isBefore(now)
                                                ? "has expired"
                                                : "expires in " + days + " days,",
                                        end));
            }
        }
    }
}
