package io.dermaga.engine.detect;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Protocols whose first bytes are unmistakable: six bytes or more that nothing else begins with by
 * chance.
 */
final class Protocols {

    private static final int MOST_LINE_BYTES = 4096;
    private static final int MOST_WORD_CHARS = 60;
    private static final Pattern REQUEST =
            Pattern.compile("([A-Z][A-Z_-]{2,19}) (\\S{1,4000}) (HTTP|RTSP|SIP)/([0-9]\\.[0-9])");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE");
    private static final String WEB =
            "the peer means a web server; a health check should only connect";

    private static final List<Function<Opening, @Nullable Suspicion>> ALL =
            List.of(
                    Protocols::http2,
                    Protocols::request,
                    Protocols::ssh,
                    Protocols::mqtt,
                    Protocols::amqp,
                    Protocols::redis,
                    Protocols::postgres);

    private Protocols() {}

    /** Null if the opening is none of them. */
    static @Nullable Suspicion of(Opening opening) {
        for (Function<Opening, @Nullable Suspicion> one : ALL) {
            Suspicion suspicion = one.apply(opening);
            if (suspicion != null) {
                return suspicion;
            }
        }
        return null;
    }

    /**
     * PROXY protocol, versions 1 and 2, sections 2.1 and 2.2: what a load balancer puts first.
     *
     * @param peer who sent it; null if that is not known
     */
    static @Nullable Suspicion proxy(Opening opening, @Nullable InetAddress peer) {
        boolean text =
                opening.begins("PROXY TCP4 ")
                        || opening.begins("PROXY TCP6 ")
                        || opening.begins("PROXY UNKNOWN");
        boolean binary = opening.begins("\r\n\r\n\0\r\nQUIT\n") && (opening.at(12) & 0xfe) == 0x20;
        if (!text && !binary) {
            return null;
        }
        return Suspicion.takenWith(
                "PROXY protocol, version " + (text ? 1 : 2),
                "proxyFrom=" + (peer == null ? "the address of the proxy" : range(peer)));
    }

    private static String range(InetAddress peer) {
        String host = peer.getHostAddress();
        int scope = host.indexOf('%');
        return "%s/%d"
                .formatted(
                        scope < 0 ? host : host.substring(0, scope), 8 * peer.getAddress().length);
    }

    /** RFC 9113, 3.4. */
    private static @Nullable Suspicion http2(Opening opening) {
        return opening.begins("PRI * HTTP/2.0\r\n") ? Suspicion.foreign("HTTP/2", WEB) : null;
    }

    /** RFC 9112, 3; RFC 2326, 6.1; RFC 3261, 7.1. */
    private static @Nullable Suspicion request(Opening opening) {
        if (!Opening.isUpper(opening.at(0)) || !Opening.isUpper(opening.at(1))) {
            return null;
        }
        String line = firstLine(opening);
        Matcher request = REQUEST.matcher(line);
        if (!request.lookingAt()) {
            return null;
        }
        String name = request.group(3) + "/" + request.group(4);
        String what = request.group(1) + " " + target(opening, request.start(2), request.end(2));
        if (!name.startsWith("HTTP")) {
            return Suspicion.foreign(name + " (" + what + ")");
        }
        String head = opening.lower(0, MOST_LINE_BYTES);
        String upgrade = head.contains("\nupgrade: websocket") ? ", WebSocket upgrade" : "";
        return Suspicion.foreign(name + " (" + what + upgrade + ")", WEB);
    }

    /** What has come of a request line only, after a fault. */
    static @Nullable Suspicion beginningOfRequest(Opening opening) {
        String line = firstLine(opening);
        int blank = line.indexOf(' ');
        return blank > 0
                        && METHODS.contains(line.substring(0, blank))
                        && (line.startsWith("/", blank + 1) || line.startsWith("http", blank + 1))
                ? Suspicion.foreign("HTTP", WEB)
                : null;
    }

    private static String firstLine(Opening opening) {
        int end = opening.find('\n', 0);
        int most = Math.min(opening.size(), MOST_LINE_BYTES);
        return opening.raw(0, end < 0 ? most : Math.min(end, most));
    }

    /** Without its query, where secrets are found. */
    private static String target(Opening opening, int from, int to) {
        int query = opening.find('?', from);
        return opening.told(from, query < 0 ? to : Math.min(query, to), MOST_WORD_CHARS);
    }

    /** RFC 4253, 4.2. */
    private static @Nullable Suspicion ssh(Opening opening) {
        if (!opening.begins("SSH-1.") && !opening.begins("SSH-2.0-")) {
            return null;
        }
        int from = opening.find('-', 4) + 1;
        int end = from;
        while (opening.at(end) > ' ') {
            end++;
        }
        String software = opening.told(from, end, MOST_WORD_CHARS);
        return Suspicion.foreign("SSH (" + software + ")");
    }

    /** MQTT 3.1.1 and 5.0, section 3.1. */
    private static @Nullable Suspicion mqtt(Opening opening) {
        if (opening.at(0) != 0x10) {
            return null;
        }
        int name = 2;
        while (name < 5 && opening.at(name - 1) >= 0x80) {
            name++;
        }
        if (opening.has(name, "\0\u0006MQIsdp")) {
            return Suspicion.foreign("MQTT 3.1 (CONNECT)");
        }
        int level = opening.at(name + 6);
        boolean connect = opening.has(name, "\0\u0004MQTT") && (level == 4 || level == 5);
        return connect
                ? Suspicion.foreign("MQTT " + (level == 4 ? "3.1.1" : "5.0") + " (CONNECT)")
                : null;
    }

    /** AMQP 0-9-1, 4.2.2; AMQP 1.0, 2.2. */
    private static @Nullable Suspicion amqp(Opening opening) {
        if (!opening.begins("AMQP") || opening.size() < 8 || opening.at(4) > 3) {
            return null;
        }
        boolean classic = opening.at(5) == 0 && opening.at(6) == 9;
        boolean standard = opening.at(5) == 1 && opening.at(6) == 0;
        String version = classic ? "0-9-" + opening.at(7) : "1.0";
        return classic || standard ? Suspicion.foreign("AMQP " + version) : null;
    }

    /** RESP, arrays of bulk strings: only the name of the command is told. */
    private static @Nullable Suspicion redis(Opening opening) {
        if (opening.at(0) != '*') {
            return null;
        }
        int first = 1 + opening.digits(1);
        int word = first + 3 + opening.digits(first + 3);
        boolean command =
                first > 1
                        && opening.has(first, "\r\n$")
                        && word > first + 3
                        && opening.has(word, "\r\n");
        if (!command) {
            return null;
        }
        int end = opening.find('\r', word + 2);
        String name = opening.told(word + 2, end < 0 ? opening.size() : end, 20);
        return Suspicion.foreign("Redis (RESP, " + name.toUpperCase(Locale.ROOT) + ")");
    }

    /** PostgreSQL, frontend/backend protocol, message formats. */
    private static @Nullable Suspicion postgres(Opening opening) {
        long length = opening.number(0, 4);
        long code = opening.number(4, 4);
        if (length == 8 && code == 80877103) {
            return Suspicion.foreign("PostgreSQL (SSLRequest)");
        }
        if (length == 8 && code == 80877104) {
            return Suspicion.foreign("PostgreSQL (GSSENCRequest)");
        }
        boolean startup = length >= 8 && length <= 10_000 && code == 196608;
        return startup && opening.has(8, "user\0")
                ? Suspicion.foreign("PostgreSQL (StartupMessage)")
                : null;
    }
}
