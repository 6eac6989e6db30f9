package io.dermaga.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dermaga.it.support.Tcp;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every kind of bean on a real server. */
@ExtendWith(BeansServer.Shared.class)
class DeliveryIT {

    @Test
    void the_ten_line_bean_prints_what_arrives(BeansServer server) {
        Tcp.send(server.port("inbox"), "ahoy from ten lines");

        await().atMost(Duration.ofSeconds(10))
                .until(() -> server.log().contains("ahoy from ten lines"));
    }

    @Test
    void a_rollback_without_an_exception_is_a_failure_that_resets_the_peer(BeansServer server) {
        assertThat(Tcp.send(server.port("rollback"), "fine")).isEmpty();

        assertThatThrownBy(() -> Tcp.send(server.port("rollback"), "rollback"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("reset");
        assertThat(server.tell("messages"))
                .contains("rollback DELIVERED 4 null")
                .contains("rollback FAILED 8 DMG3001")
                .contains(
                        "the transaction was rolled back; delivery 5 of 5, kept as a dead letter");
    }

    @Test
    void a_reply_is_sent_once_its_transaction_has_committed_and_not_if_it_was_rolled_back(
            BeansServer server) {
        byte[] answer = Tcp.send(server.port("reply"), "twice\nnever\nonce\nrefused\n");

        assertThat(new String(answer, StandardCharsets.US_ASCII))
                .isEqualTo("twice 2;NAK;once 1;NAK;");
        assertThat(server.ledger().getProperty("reply.saw"))
                .isEqualTo("twice 1|twice 2|never 1|never 2|never 3|once 1|refused 1");
        assertThat(server.tell("messages"))
                .contains("reply FAILED 5 DMG3001")
                .contains(
                        "the transaction was rolled back; delivery 3 of 3, kept as a dead letter");
    }

    @Test
    void a_socket_bean_lives_through_the_events_of_a_node_socket(BeansServer server) {
        byte[] answer = Tcp.send(server.port("socket"), "one\ntwo\r\n");

        assertThat(new String(answer, StandardCharsets.US_ASCII))
                .isEqualTo("welcome\necho one\necho two\nbye\n");
        await().atMost(Duration.ofSeconds(10))
                .until(
                        () ->
                                server.ledger().values().stream()
                                        .anyMatch(
                                                "connect|data9|payload:one|payload:two|end|close:PEER_ENDED"
                                                        ::equals));
    }

    @Test
    void a_batch_bean_takes_a_burst_in_fewer_calls_and_in_order(BeansServer server) {
        Tcp.send(server.port("batch"), burst(2500));

        assertThat(server.ledger().getProperty("batch.received")).isEqualTo("2500");
        assertThat(server.ledger().getProperty("batch.misplaced")).isEqualTo("0");
        assertThat(Integer.parseInt(server.ledger().getProperty("batches.received")))
                .isBetween(1, 500);
    }

    private static byte[] burst(int payloads) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            for (int i = 0; i < payloads; i++) {
                byte[] payload = ("burst," + i + ",x").getBytes(StandardCharsets.US_ASCII);
                out.writeShort(payload.length);
                out.write(payload);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    void the_administered_object_lists_connections_and_writes_to_them(BeansServer server)
            throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port("socket"))) {
            assertThat(socket.getInputStream().readNBytes(8)).asString().isEqualTo("welcome\n");

            assertThat(server.tell("connections")).contains("socket");
            assertThat(server.tell("broadcast?listener=socket&text=" + BeansServer.encoded("hey")))
                    .isEqualTo("1");

            assertThat(socket.getInputStream().readNBytes(3)).asString().isEqualTo("hey");
        }
    }

    @Test
    void the_monitor_reaches_a_bean_without_any_name(BeansServer server) {
        assertThat(server.monitor().getProperty("transport")).isIn("epoll", "nio");
        assertThat(server.monitor().getProperty("fast.state")).isEqualTo("LISTENING");
    }
}
