package io.dermaga.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/** Where traces of payloads go: {@code dermaga.trace.*}. The adapter reads its part by itself. */
public final class TraceConfiguration {

    static final String ENDPOINT = "dermaga.trace.endpoint";
    static final String SAMPLE = "dermaga.trace.sample";
    static final String SERVICE = "dermaga.trace.service";
    static final String HEADERS = "dermaga.trace.headers";
    static final String HEADERS_FILE = HEADERS + "File";
    static final String TIMEOUT = "dermaga.trace.timeoutSeconds";
    static final String WAITING = "dermaga.trace.waiting";

    private final Configuration all;

    TraceConfiguration(Configuration all) {
        this.all = all;
    }

    /** Where spans are sent; empty: payloads are not traced. */
    public Optional<URI> endpoint() {
        return all.value(ENDPOINT).map(TraceConfiguration::collector);
    }

    private static URI collector(String given) {
        try {
            URI address = new URI(given);
            boolean known =
                    "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (known
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (URISyntaxException malformed) {
            // told below
        }
        throw Configuration.refused(
                ENDPOINT,
                given.replaceAll("[^/]*@|[?#].*", "…"), // may be a password
                "http://HOST:PORT/v1/traces, https://HOST/v1/traces, without user and query");
    }

    /** The share of the payloads of a listener whose spans are sent, 0 to 1. */
    public double share(String listener) {
        String own = SAMPLE + "." + listener;
        return all.value(own)
                .map(given -> share(own, given))
                .orElseGet(() -> share(SAMPLE, all.text(SAMPLE)));
    }

    /** Refuses shares that are none, those of single listeners included. */
    public void checkShares() {
        share(SAMPLE, all.text(SAMPLE));
        all.beginningWith(SAMPLE + ".")
                .values()
                .forEach(given -> share(given.name(), given.value()));
    }

    private static double share(String name, String given) {
        try {
            double share = Double.parseDouble(given.strip());
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException notOne) {
            // told below
        }
        throw Configuration.refused(name, given, "0 to 1");
    }

    /** Name of the service that spans are of. */
    public String service() {
        return all.text(SERVICE);
    }

    /** Headers that are sent with spans. */
    public String headers() {
        return all.text(HEADERS);
    }

    /** A file with more of them. */
    public Optional<Path> headersFile() {
        return all.value(HEADERS_FILE).map(all::resolve);
    }

    /** How long sending spans may take. */
    public int timeoutSeconds() {
        return (int) all.number(TIMEOUT, 1, 60);
    }

    /** How many payloads may wait whose spans are not sent yet. */
    public int waiting() {
        return (int) all.number(WAITING, 1, 1_000_000);
    }
}
