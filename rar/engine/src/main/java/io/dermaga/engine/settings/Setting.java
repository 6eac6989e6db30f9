package io.dermaga.engine.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every activation property: its name, its default and what is allowed, in one place. */
public enum Setting {
    NAME("name", "", "letters, digits, '-' and '_', at most 64; default: the bean's class name"),
    LISTENERS("listeners", "", "names separated by commas; default: one listener, the name itself"),
    GROUP("group", "", "letters, digits, '-' and '_', at most 64; default: none"),
    COPIES(
            "copies",
            "",
            "1 to 16 names of groups that differ, not in case alone, separated by commas; default: none"),
    HOST("host", "0.0.0.0", "addresses or names, each once, separated by commas"),
    PORT("port", "", "0 to 65535 (0: a free port is chosen)"),
    MODE("mode", "LISTEN", "LISTEN, CONNECT"),
    CONNECTIONS("connections", "1", "1 to 1000"),
    CONNECT_TIMEOUT("connectTimeout", "10s", "100ms to 10m"),
    RECONNECT_MIN("reconnectMin", "1s", "100ms to 1h"),
    RECONNECT_MAX("reconnectMax", "30s", "100ms to 24h"),
    BACKLOG("backlog", "1024", "1 to 65535"),
    FRAMING("framing", "eof", "the name of a framing, with its arguments in parentheses"),
    ENVELOPE("envelope", "STRIP", "STRIP, KEEP"),
    ON_OVERSIZE("onOversize", "CLOSE", "CLOSE, TRUNCATE, DEAD_LETTER, DISCARD"),
    ON_EMPTY("onEmpty", "DELIVER", "DELIVER, SKIP"),
    ON_INCOMPLETE("onIncomplete", "DISCARD", "DISCARD, DELIVER"),
    CHARSET("charset", "UTF-8", "a charset of the Java platform"),
    CHARSET_FROM("charsetFrom", "LISTENER", "LISTENER, PAYLOAD"),
    CONCURRENCY("concurrency", "16", "1 to 1000"),
    DURABILITY("durability", "MEMORY", "MEMORY, SPOOLED"),
    ACKNOWLEDGE("acknowledge", "ON_DELIVERY", "ON_DELIVERY, ON_SPOOL, NEVER"),
    ACK("ack", "auto", Setting.ANSWERS),
    NAK("nak", "auto", Setting.ANSWERS),
    MAX_DELIVERIES("maxDeliveries", "5", "1 to 1000"),
    REDELIVERY_MIN("redeliveryMin", "100ms", "1ms to 1h"),
    REDELIVERY_MAX("redeliveryMax", "10s", "1ms to 24h"),
    ON_POISON("onPoison", "DEAD_LETTER", "DEAD_LETTER, CLOSE, PAUSE_LISTENER"),
    DEAD_LETTERS("deadLetters", "DURABLE", "DURABLE, NONE"),
    IDEMPOTENCY_KEY("idempotencyKey", "NONE", Setting.KEYS),
    IDEMPOTENCY_WINDOW("idempotencyWindow", "10m", "1s to 168h"),
    IDEMPOTENCY_CAPACITY("idempotencyCapacity", "16MiB", "64KiB to 1GiB"),
    MAX_BATCH("maxBatch", "1000", "1 to 100000"),
    MAX_CONNECTIONS("maxConnections", "10000", "1 to 1000000"),
    MAX_PAYLOAD("maxPayload", "16MiB", "1B to 1TiB"),
    SPILL_THRESHOLD("spillThreshold", "4MiB", "4KiB to 1GiB"),
    HIGH_WATERMARK("highWatermark", "2MiB", "4KiB to 1GiB"),
    BUDGET("budget", "64MiB", "1MiB to 1TiB"),
    MAX_WRITE_BUFFER("maxWriteBuffer", "16MiB", "64KiB to 1GiB"),
    IDLE_TIMEOUT("idleTimeout", "5m", "100ms to 24h"),
    FRAME_TIMEOUT("frameTimeout", "10m", "100ms to 24h"),
    DRAIN_TIMEOUT("drainTimeout", "30s", "0s to 10m"),
    ALLOW_HALF_OPEN("allowHalfOpen", "false", "true, false"),
    NO_DELAY("noDelay", "true", "true, false"),
    KEEP_ALIVE("keepAlive", "true", "true, false"),
    KEEP_ALIVE_IDLE("keepAliveIdle", "", "1s to 9h, whole seconds; default: the system's"),
    KEEP_ALIVE_INTERVAL("keepAliveInterval", "", "1s to 9h, whole seconds; default: the system's"),
    KEEP_ALIVE_COUNT("keepAliveCount", "", "1 to 127; default: the system's"),
    PAUSE_ON_CONNECT("pauseOnConnect", "false", "true, false"),
    REUSE_ADDRESS("reuseAddress", "true", "true, false"),
    REUSE_PORT("reusePort", "false", "true, false"),
    RECEIVE_BUFFER("receiveBuffer", "", "4KiB to 1GiB; default: the system's"),
    SEND_BUFFER("sendBuffer", "", "4KiB to 1GiB; default: the system's"),
    LINGER("linger", "", "1s to 1m, whole seconds; default: off"),
    TRAFFIC_CLASS("trafficClass", "0", "0 to 255 (0: the system's)"),
    IPV6_ONLY("ipv6Only", "false", "true, false"),
    RECORD_BYTES("recordBytes", "4KiB", "0B to 1MiB"),
    HANDSHAKE_TIMEOUT("handshakeTimeout", "10s", "100ms to 10m"),
    FIRST_BYTE_TIMEOUT("firstByteTimeout", "5m", "100ms to 24h"),
    READ_TIMEOUT("readTimeout", "24h", "100ms to 24h"),
    WRITE_TIMEOUT("writeTimeout", "5m", "100ms to 24h"),
    ALLOW("allow", "", Setting.RANGES),
    DENY("deny", "", Setting.RANGES),
    PROXY_FROM("proxyFrom", "", Setting.RANGES),
    MAX_CONNECTIONS_PER_ADDRESS("maxConnectionsPerAddress", "1000", "1 to 1000000"),
    ACCEPT_RATE("acceptRate", "10000", "1 to 1000000"),
    READ_RATE("readRate", "", Setting.RATES),
    CONNECTION_READ_RATE("connectionReadRate", "", Setting.RATES),
    WRITE_RATE("writeRate", "", Setting.RATES),
    CONNECTION_WRITE_RATE("connectionWriteRate", "", Setting.RATES),
    TLS("tls", "OFF", "OFF, OPTIONAL, REQUIRED, STARTTLS"),
    TLS_CERTIFICATE("tlsCertificate", "", "files (PEM, PKCS#12, JKS), separated by commas"),
    TLS_KEY("tlsKey", "", "PEM files, separated by commas, in the order of tlsCertificate"),
    TLS_PASSWORD("tlsPassword", "", "the password of the keys"),
    TLS_TRUST("tlsTrust", "", "files (PEM, PKCS#12, JKS), separated by commas"),
    TLS_TRUST_PASSWORD("tlsTrustPassword", "", "the password of the stores"),
    TLS_CLIENT_AUTH("tlsClientAuth", "NONE", "NONE, WANT, NEED"),
    TLS_PROTOCOLS("tlsProtocols", "TLSv1.3,TLSv1.2", "TLSv1.3, TLSv1.2, separated by commas"),
    TLS_CIPHERS("tlsCiphers", "", "cipher suites, separated by commas"),
    TLS_APPLICATION_PROTOCOLS(
            "tlsApplicationProtocols", "", "names of application protocols, separated by commas"),
    TLS_REVOCATION("tlsRevocation", "NONE", "NONE, CRL, OCSP, OCSP_SOFT"),
    TLS_CRL("tlsCrl", "", "files (PEM, DER), separated by commas"),
    TLS_PROVIDER("tlsProvider", "JDK", "JDK, OPENSSL"),
    TLS_CLOSE_NOTIFY("tlsCloseNotify", "REQUIRED", "REQUIRED, OPTIONAL"),
    TLS_EXPIRY_WARNING("tlsExpiryWarning", "720h", "0s to 8760h");

    private static final String RANGES =
            "addresses and ranges as 10.0.0.0/8 or fd00::/8, separated by commas";
    private static final String ANSWERS =
            "auto, none, or at most 1024 bytes as 0x06, 'OK' or 'OK' 0x0d0a";
    private static final String KEYS =
            "NONE, bytes(OFFSET,LENGTH) within the first 65536, regex(PATTERN) of RE2, MSH-10";
    private static final String RATES = "1KiB to 1TiB, in a second; default: no limit";

    private final String property;
    private final String fallback;
    private final String allowed;

    Setting(String property, String fallback, String allowed) {
        this.property = property;
        this.fallback = fallback;
        this.allowed = allowed;
    }

    /** Name of the activation property. */
    public String property() {
        return property;
    }

    /** Default value; empty if there is none. */
    public String fallback() {
        return fallback;
    }

    /** What is allowed, in words. */
    public String allowed() {
        return allowed;
    }

    /** Whether its value is shown to nobody. */
    boolean isSecret() {
        return this == TLS_PASSWORD || this == TLS_TRUST_PASSWORD;
    }

    /** The setting with this property name, in exact or (environment) in upper case. */
    static Optional<Setting> named(String property) {
        return Arrays.stream(values())
                .filter(
                        s ->
                                s.property.equals(property)
                                        || s.property.toUpperCase(Locale.ROOT).equals(property))
                .findFirst();
    }
}
