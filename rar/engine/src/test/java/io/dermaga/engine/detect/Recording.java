package io.dermaga.engine.detect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The opening of a real client, as README.md beside the files tells, and what is to be said of it.
 *
 * @param atOnce whether it is unmistakable, so that it is told before anything is wrong
 */
public record Recording(String file, boolean atOnce, String protocol, String cure) {

    private static final String WEB =
            "no setting takes it: the peer means a web server; a health check should only connect";
    private static final String PORT = "no setting takes it: the peer means another port";
    private static final String TLS = "it would be taken with tls=REQUIRED or tls=OPTIONAL";
    private static final String PROXY = "it would be taken with proxyFrom=127.0.0.1/32";

    public static Stream<Recording> all() {
        return Stream.concat(unmistakable().stream(), framings().stream());
    }

    private static List<Recording> unmistakable() {
        return List.of(
                sure("openssl-s_client", "TLS 1.3 (ClientHello for 'orders.example')", TLS),
                sure("openssl-s_client-tls1_2", "TLS 1.2 (ClientHello)", TLS),
                sure("curl-https", "TLS 1.3 (ClientHello for 'localhost')", TLS),
                sure("node-tls", "TLS 1.3 (ClientHello for 'node.example')", TLS),
                sure("curl-http", "HTTP/1.1 (GET /health)", WEB),
                sure("curl-http-post", "HTTP/1.1 (POST /orders)", WEB),
                sure("curl-http1.0", "HTTP/1.0 (GET /)", WEB),
                sure("curl-http2", "HTTP/2", WEB),
                sure("node-websocket", "HTTP/1.1 (GET /feed, WebSocket upgrade)", WEB),
                sure("curl-rtsp", "RTSP/1.0 (OPTIONS *)", PORT),
                sure("curl-haproxy-v1", "PROXY protocol, version 1", PROXY),
                sure("haproxy-v2", "PROXY protocol, version 2", PROXY),
                sure("ssh", "SSH (OpenSSH_9.2p1)", PORT),
                sure("curl-mqtt", "MQTT 3.1.1 (CONNECT)", PORT),
                sure("mosquitto_pub", "MQTT 3.1.1 (CONNECT)", PORT),
                sure("mosquitto_pub-v5", "MQTT 5.0 (CONNECT)", PORT),
                sure("amqp-publish", "AMQP 0-9-1", PORT),
                sure("redis-cli", "Redis (RESP, GET)", PORT),
                sure("psql", "PostgreSQL (SSLRequest)", PORT),
                sure("psql-plain", "PostgreSQL (StartupMessage)", PORT));
    }

    private static List<Recording> framings() {
        return List.of(
                framing("logger", "syslog", "syslog"),
                framing("logger-octet", "syslog", "syslog"),
                framing("echoscu", "DICOM (A-ASSOCIATE-RQ)", "dicom"),
                framing("mbpoll", "Modbus/TCP", "modbus"));
    }

    private static Recording sure(String file, String protocol, String cure) {
        return new Recording(file, true, protocol, cure);
    }

    private static Recording framing(String file, String protocol, String framing) {
        return new Recording(file, false, protocol, "it would be taken with framing=" + framing);
    }

    static byte[] bytes(String file) {
        try (InputStream in = Recording.class.getResourceAsStream(file + ".bin")) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] bytes() {
        return bytes(file);
    }

    @Override
    public String toString() {
        return file;
    }
}
