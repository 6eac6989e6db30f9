package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.Counters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.stomp.StompClient;
import io.vertx.ext.stomp.StompClientConnection;
import io.vertx.ext.stomp.StompClientOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The STOMP client of Vert.x. */
class VertxStompTest {

    private static final Pattern RECEIPT = Pattern.compile("\nreceipt:([^\r\n]+)");

    private final Vertx vertx = Vertx.vertx();

    /** Held until a test has ended: Vert.x closes the connections of a collected client. */
    private final List<StompClient> clients = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        clients.clear();
        in(vertx.close());
    }

    private static <T> T in(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** A server that takes everything, and asks for a heart-beat each 100 ms. */
    private static byte[] server(byte[] payload) {
        String frame = new String(payload, StandardCharsets.UTF_8);
        String answer = "";
        Matcher receipt = RECEIPT.matcher(frame);
        if (frame.startsWith("CONNECT\n")) {
            answer = "CONNECTED\nversion:1.2\nheart-beat:0,100\n\n\0";
        } else if (receipt.find()) {
            answer = "RECEIPT\nreceipt-id:" + receipt.group(1) + "\n\n\0";
        }
        return answer.getBytes(StandardCharsets.UTF_8);
    }

    private StompClientConnection connect(Receiver receiver, StompClientOptions options)
            throws Exception {
        StompClient client = StompClient.create(vertx, options);
        clients.add(client);
        return in(client.connect(receiver.port(), Receiver.HOST));
    }

    private static StompClientOptions heartbeat(int sends) {
        return new StompClientOptions().setHeartbeat(new JsonObject().put("x", sends).put("y", 0));
    }

    @Test
    void a_client_connects_and_gets_a_receipt_for_each_message() throws Exception {
        try (Receiver receiver = Receiver.of("stomp", VertxStompTest::server)) {
            StompClientConnection client = connect(receiver, heartbeat(0));
            assertThat(client.version()).isEqualTo("1.2");
            for (int i = 0; i < 20; i++) {
                in(
                        client.send(
                                "/queue/interop",
                                new HashMap<>(Map.of("number", "" + i)),
                                Buffer.buffer("Grüße\n\0" + i)));
            }
            in(client.disconnect());
            List<String> frames = receiver.texts();
            assertThat(frames).hasSize(22);
            assertThat(frames.get(0)).startsWith("CONNECT\n");
            for (int i = 0; i < 20; i++) {
                assertThat(frames.get(1 + i))
                        .startsWith("SEND\n")
                        .contains("\ndestination:/queue/interop\n", "\nnumber:" + i + "\n")
                        .endsWith("\n\nGrüße\n\0" + i);
            }
            assertThat(frames.get(21)).startsWith("DISCONNECT\n");
            receiver.settled();
        }
    }

    @Test
    void a_body_without_a_length_ends_at_nul() throws Exception {
        try (Receiver receiver = Receiver.of("stomp", VertxStompTest::server)) {
            StompClientConnection client =
                    connect(receiver, heartbeat(0).setAutoComputeContentLength(false));
            in(client.send("/queue/interop", Buffer.buffer("a body")));
            in(client.disconnect());
            assertThat(receiver.texts().get(1))
                    .doesNotContain("content-length")
                    .endsWith("\n\na body");
            receiver.settled();
        }
    }

    @Test
    void heart_beats_of_the_client_are_no_payloads() throws Exception {
        try (Receiver receiver = Receiver.of("stomp", VertxStompTest::server)) {
            StompClientConnection client = connect(receiver, heartbeat(50));
            in(client.send("/queue/interop", Buffer.buffer("a body")));
            long before = receiver.counters().envelopeBytes();
            await().until(() -> receiver.counters().envelopeBytes() >= before + 3);
            in(client.disconnect());
            Counters counters = receiver.settled();
            assertThat(counters.delivered()).isEqualTo(3);
        }
    }
}
