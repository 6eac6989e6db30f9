package io.dermaga.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dermaga.alerts.Alert.State;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final SetClock clock = new SetClock();

    /** Somebody who takes what is sent, or answers something else a few times before. */
    private static final class Receiver implements AutoCloseable {

        private final HttpServer server;
        private final List<String> bodies = new CopyOnWriteArrayList<>();
        private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
        private final ConcurrentLinkedDeque<Integer> answers = new ConcurrentLinkedDeque<>();

        Receiver(int port) {
            try {
                server =
                        HttpServer.create(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
            server.createContext("/hook", this::take);
            server.setExecutor(Executors.newCachedThreadPool());
            server.start();
        }

        private void take(HttpExchange exchange) throws IOException {
            try (exchange) {
                headers.add(Map.copyOf(exchange.getRequestHeaders()));
                bodies.add(
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                Integer answer = answers.poll();
                if (answer != null && answer >= 300 && answer < 400) {
                    exchange.getResponseHeaders().add("Location", address() + "/elsewhere");
                }
                exchange.sendResponseHeaders(answer == null ? 204 : answer, -1);
            }
        }

        int port() {
            return server.getAddress().getPort();
        }

        String address() {
            return "http://127.0.0.1:" + port() + "/hook";
        }

        List<String> texts() {
            return bodies.stream()
                    .map(body -> json(body).getJsonObject("alert").getString("text"))
                    .toList();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private static Alert alert(String text) {
        return new Alert("7", "mine", "lab", State.FIRING, Instant.EPOCH, text, null, null);
    }

    private Webhook webhook(String address) {
        return new Webhook(WebhookTarget.of(address, null, null), clock, LONG);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void an_alert_is_sent_as_json_signed_and_with_the_header_that_was_set() {
        try (Receiver receiver = new Receiver(0)) {
            Webhook webhook =
                    new Webhook(
                            WebhookTarget.of(receiver.address(), "key", "Bearer abc"), clock, LONG);
            webhook.offer("fired", alert("no payload \"for\" 5m"));
            webhook.send();

            String body = receiver.bodies.get(0);
            JsonObject event = json(body);
            assertThat(event.getString("event")).isEqualTo("fired");
            assertThat(event.getString("at")).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(AlertJson.alert(event.getJsonObject("alert")))
                    .isEqualTo(alert("no payload \"for\" 5m"));
            Map<String, List<String>> headers = receiver.headers.get(0);
            assertThat(headers.get("Content-type")).containsExactly("application/json");
            assertThat(headers.get("Authorization")).containsExactly("Bearer abc");
            assertThat(headers.get("X-dermaga-signature"))
                    .containsExactly(
                            Webhook.signature("key", body.getBytes(StandardCharsets.UTF_8)));
            assertThat(webhook.status())
                    .isEqualTo(
                            new WebhookStatus(
                                    "http://127.0.0.1:" + receiver.port() + "/…", 1, 0, 0, null));
        }
    }

    /** The example of RFC 4231, section 4.3. */
    @Test
    void the_signature_is_the_hmac_of_the_body() {
        assertThat(
                        Webhook.signature(
                                "Jefe",
                                "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(
                        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void while_the_receiver_is_down_alerts_wait_and_come_in_their_order() {
        int port = freePort();
        try (Told told = new Told()) {
            Webhook webhook = webhook("http://127.0.0.1:" + port + "/hook");
            webhook.offer("fired", alert("first"));
            webhook.offer("fired", alert("second"));
            webhook.send();
            clock.passSeconds(1);
            webhook.send();
            assertThat(webhook.status().waiting()).isEqualTo(2);
            assertThat(webhook.status().problem()).startsWith("DMG4654 webhook http://127.0.0.1:");
            assertThat(told.lines()).hasSize(1);

            try (Receiver receiver = new Receiver(port)) {
                clock.passSeconds(1);
                webhook.send(); // the second pause is longer than the first
                assertThat(receiver.bodies).isEmpty();
                clock.passSeconds(1);
                webhook.send();
                assertThat(receiver.texts()).containsExactly("first", "second");
            }
            assertThat(webhook.status().problem()).isNull();
            assertThat(told.lines()).hasSize(2);
            assertThat(told.lines().get(1)).startsWith("INFO DMG4656 webhook ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 408})
    void what_is_not_taken_now_is_sent_again(int status) {
        try (Receiver receiver = new Receiver(0)) {
            receiver.answers.add(status);
            Webhook webhook = webhook(receiver.address());
            webhook.offer("fired", alert("it"));
            webhook.send();
            assertThat(webhook.status().problem()).endsWith("it answered " + status);
            clock.passSeconds(1);
            webhook.send();
            assertThat(receiver.texts()).containsExactly("it", "it");
            assertThat(webhook.status().sent()).isEqualTo(1);
            assertThat(webhook.status().lost()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 403, 404, 410})
    void what_is_refused_or_led_elsewhere_is_given_up_and_nobody_else_is_told(int status) {
        try (Receiver receiver = new Receiver(0);
                Told told = new Told()) {
            receiver.answers.add(status);
            Webhook webhook = webhook(receiver.address());
            webhook.offer("fired", alert("refused"));
            webhook.offer("fired", alert("taken"));
            webhook.send();

            assertThat(receiver.texts()).containsExactly("refused", "taken");
            assertThat(webhook.status().lost()).isEqualTo(1);
            assertThat(webhook.status().sent()).isEqualTo(1);
            assertThat(told.lines())
                    .anySatisfy(
                            line -> assertThat(line).startsWith("WARNING DMG4655 an alert for"));
        }
    }

    @Test
    void who_never_takes_it_is_asked_so_often_and_no_more() {
        Webhook webhook = webhook("http://127.0.0.1:" + freePort() + "/hook");
        webhook.offer("fired", alert("it"));
        for (int i = 1; i < Webhook.ATTEMPTS; i++) {
            webhook.send();
            clock.passSeconds(60);
        }
        assertThat(webhook.status().waiting()).isEqualTo(1);
        webhook.send();
        assertThat(webhook.status().waiting()).isZero();
        assertThat(webhook.status().lost()).isEqualTo(1);
    }

    @Test
    void no_more_wait_than_is_bounded_and_the_newest_stay() {
        try (Receiver receiver = new Receiver(0)) {
            Webhook webhook = webhook(receiver.address());
            for (int i = 0; i < Webhook.WAITING + 5; i++) {
                webhook.offer("fired", alert("number " + i));
            }
            assertThat(webhook.status().lost()).isEqualTo(5);
            webhook.send();
            assertThat(receiver.texts()).hasSize(Webhook.WAITING).startsWith("number 5");
        }
    }

    @Test
    void who_does_not_answer_is_left_after_the_time_for_an_answer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Webhook webhook =
                    new Webhook(
                            WebhookTarget.of(
                                    "http://127.0.0.1:" + silent.getLocalPort() + "/", null, null),
                            clock,
                            Duration.ofMillis(50));
            webhook.offer("fired", alert("it"));
            webhook.send();
            assertThat(webhook.status().problem()).contains("SocketTimeoutException");
            assertThat(webhook.status().waiting()).isEqualTo(1);
        }
    }

    @Test
    void who_answers_drop_by_drop_is_left_too_and_so_is_everybody_at_the_end() throws Exception {
        for (boolean closing : new boolean[] {false, true}) {
            try (ServerSocket slow = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
                Webhook webhook = webhook("http://127.0.0.1:" + slow.getLocalPort() + "/");
                webhook.offer("fired", alert("it"));
                CompletableFuture<Void> sending = CompletableFuture.runAsync(webhook::send);
                try (Socket peer = slow.accept()) {
                    assertThat(peer.getInputStream().read()).isEqualTo('P');
                    peer.getOutputStream().write("HTTP/1.1 2".getBytes(StandardCharsets.US_ASCII));
                    clock.passSeconds(10);
                    webhook.watch();
                    assertThat(sending).isNotDone();
                    if (closing) {
                        webhook.close();
                    } else {
                        clock.passSeconds(11);
                        webhook.watch();
                    }
                    await().until(sending::isDone);
                    sending.get(1, TimeUnit.SECONDS);
                    assertThat(webhook.status().sent()).isZero();
                }
            }
        }
    }

    @Test
    void no_thread_stays_behind() {
        List<String> before = threads();
        try (Receiver receiver = new Receiver(0)) {
            Webhook webhook = webhook(receiver.address());
            webhook.offer("fired", alert("it"));
            webhook.send();
            assertThat(webhook.status().sent()).isEqualTo(1);
        }
        // the JVM looks once whether there is a connection to keep
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> {
                            List<String> after = new ArrayList<>(threads());
                            before.forEach(after::remove);
                            assertThat(after)
                                    .noneMatch(name -> name.matches("Keep-Alive.*|HttpClient.*"));
                        });
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://host/x",
                "hooks.example.com/x",
                "https://user:secret@hooks.example.com/x",
                "https:///secret",
                "https://host/se cret"
            })
    void an_address_that_is_none_is_told_without_what_may_be_secret(String written) {
        assertThatThrownBy(() -> WebhookTarget.of(written, null, null))
                .hasMessageStartingWith("DMG4653 property 'dermaga.alerts.webhook': given '")
                .hasMessageNotContaining("cret");
    }

    @Test
    void a_header_that_would_be_two_is_refused() {
        assertThatThrownBy(() -> WebhookTarget.of("https://h/", null, "a\r\nB: c"))
                .hasMessageStartingWith("DMG4653 property 'dermaga.alerts.webhook.authorization'");
        assertThat(WebhookTarget.of("https://h:9/secret", null, null).shown())
                .isEqualTo("https://h:9/…");
        assertThat(WebhookTarget.of("https://h/", null, null).address())
                .isEqualTo(URI.create("https://h/"));
    }
}
