package io.dermaga.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.it.peers.Crowd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many peers at once. */
@ExtendWith(BeansServer.Shared.class)
class LoadIT {

    private static final int PEERS = 1000;
    private static final int PAYLOADS = 100;

    @ParameterizedTest
    @ValueSource(strings = {"fast", "sleepy", "pooled", "failing"})
    void a_thousand_connections_deliver_every_payload_once_and_in_order(
            String bean, BeansServer server) {
        new Crowd(PEERS, PAYLOADS, 20261123).send(server.port(bean));

        Properties ledger = server.ledger();
        assertThat(ledger.getProperty(bean + ".received"))
                .isEqualTo(Integer.toString(PEERS * PAYLOADS));
        assertThat(ledger.getProperty(bean + ".peers")).isEqualTo(Integer.toString(PEERS));
        assertThat(ledger.getProperty(bean + ".misplaced")).isEqualTo("0");
        Properties monitor = server.monitor();
        int failed = bean.equals("failing") ? PEERS : 0;
        assertThat(monitor.getProperty(bean + ".delivered"))
                .isEqualTo(Integer.toString(PEERS * PAYLOADS - failed));
        assertThat(monitor.getProperty(bean + ".failed")).isEqualTo(Integer.toString(failed));
        assertThat(monitor.getProperty(bean + ".discarded")).isEqualTo("0");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.monitor().getProperty(bean + ".connections").equals("0"));
    }

    @Test
    void an_exhausted_bean_pool_is_back_pressure_that_an_operator_sees(BeansServer server) {
        new Crowd(200, 20, 1).send(server.port("pooled"));

        assertThat(server.tell("events"))
                .contains("BACK_PRESSURE DMG3102")
                .contains("payloads of 'pooled' wait");
    }

    @Test
    void a_failing_bean_is_told_in_one_printable_sentence(BeansServer server) {
        new Crowd(1, 50, 1).send(server.port("failing"));

        assertThat(server.tell("messages").lines())
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .startsWith("failing FAILED")
                                        .contains("DMG3001")
                                        .endsWith(
                                                "unwanted \\u001b[31mred\\u0000; delivery 1 of 1, kept as a dead letter"));
        assertThat(server.log()).doesNotContain("DMG3001 bean failed on payload null");
    }

    @Test
    void ten_thousand_idle_connections_are_held_and_still_served(BeansServer server)
            throws IOException {
        int port = server.port("socket");
        List<SocketChannel> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 10_000; i++) {
                idle.add(
                        SocketChannel.open(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () ->
                                    server.monitor()
                                            .getProperty("socket.connections")
                                            .equals("10000"));
            for (int i = 0; i < idle.size(); i += 500) {
                assertThat(ask(idle.get(i), "n" + i)).endsWith("echo n" + i + "\n");
            }
        } finally {
            for (SocketChannel one : idle) {
                one.close();
            }
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.monitor().getProperty("socket.connections").equals("0"));
    }

    private static String ask(SocketChannel channel, String line) throws IOException {
        channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
        ByteBuffer answer = ByteBuffer.allocate(200);
        String text = "";
        while (!text.endsWith("echo " + line + "\n")) {
            assertThat(channel.read(answer)).isPositive();
            text = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        }
        return text;
    }
}
