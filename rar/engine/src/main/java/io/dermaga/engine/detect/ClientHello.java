package io.dermaga.engine.detect;

import org.jspecify.annotations.Nullable;

/**
 * The first message of a TLS client, as far as it has come (RFC 8446, 4.1.2; RFC 5246, 7.4.1.2).
 *
 * @param version the highest that is offered, as {@code TLS 1.3}
 * @param host that is asked for (RFC 6066, 3), escaped; null if none is named
 */
record ClientHello(String version, @Nullable String host) {

    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int SESSION_ID = 43;
    private static final int SERVER_NAME = 0;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int TLS_1_3 = 0x0304;
    private static final int MOST_HOST_CHARS = 80;

    /** Null if the bytes are none. */
    static @Nullable ClientHello of(Opening opening) {
        boolean hello =
                opening.at(0) == HANDSHAKE
                        && opening.at(1) == 3
                        && opening.at(5) == CLIENT_HELLO
                        && opening.at(6) == 0
                        && opening.at(9) == 3
                        && opening.number(6, 3) >= opening.number(3, 2) - 4;
        return hello ? read(opening) : null;
    }

    private static ClientHello read(Opening opening) {
        int suites = SESSION_ID + 1 + Math.max(0, opening.at(SESSION_ID));
        int compression = suites + 2 + (int) Math.max(0, opening.number(suites, 2));
        int extensions = compression + 1 + Math.max(0, opening.at(compression));
        long length = opening.number(extensions, 2);
        int at = extensions + 2;
        long end = at + Math.max(0, length);
        boolean newest = false;
        String host = null;
        while (at + 4 <= end && at + 4 <= opening.size()) {
            long type = opening.number(at, 2);
            int size = (int) opening.number(at + 2, 2);
            if (type == SERVER_NAME) {
                host = host(opening, at + 4);
            } else if (type == SUPPORTED_VERSIONS) {
                newest = offers(opening, at + 5, at + 4 + size, TLS_1_3);
            }
            at += 4 + size;
        }
        boolean whole = opening.size() >= end && opening.size() > extensions;
        return new ClientHello(newest ? "TLS 1.3" : whole ? legacy(opening.at(10)) : "TLS", host);
    }

    private static boolean offers(Opening opening, int from, int to, int version) {
        for (int at = from; at + 2 <= to; at += 2) {
            if (opening.number(at, 2) == version) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String host(Opening opening, int list) {
        int length = (int) opening.number(list + 3, 2);
        int from = list + 5;
        return opening.at(list + 2) != 0 || length < 1
                ? null
                : opening.told(from, from + length, MOST_HOST_CHARS);
    }

    private static String legacy(int minor) {
        return minor == 0 ? "SSL 3.0" : "TLS 1." + Math.min(2, minor - 1);
    }

    /** What the peer speaks, in words. */
    String words() {
        return version + (host == null ? " (ClientHello)" : " (ClientHello for '" + host + "')");
    }
}
