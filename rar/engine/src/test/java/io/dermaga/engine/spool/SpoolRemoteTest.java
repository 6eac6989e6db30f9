package io.dermaga.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.engine.settings.DataSize;
import io.dermaga.engine.settings.SpoolSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that somebody else runs, reached by TCP. */
class SpoolRemoteTest {

    private final Path directory;

    SpoolRemoteTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private SpoolSettings settings(int... ports) {
        List<URI> brokers =
                IntStream.of(ports)
                        .mapToObj(port -> URI.create("tcp://127.0.0.1:" + port))
                        .toList();
        SpoolSettings defaults = SpoolSettings.embedded(directory.resolve("unused"));
        return new SpoolSettings(
                defaults.directory(),
                DataSize.parse("1GiB"),
                defaults.reserve(),
                defaults.largeFrom(),
                brokers,
                "somebody",
                "secret");
    }

    private ActiveMQServer broker(int port) throws Exception {
        Configuration configuration =
                BrokerConfiguration.of(
                        SpoolSettings.embedded(directory.resolve("external")), 1_000_000 + port);
        configuration.addAcceptorConfiguration(
                "tcp", "tcp://127.0.0.1:" + port + "?useEpoll=false");
        ActiveMQServer server = ActiveMQServers.newActiveMQServer(configuration, null, null, true);
        server.start();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void payloads_of_every_size_go_through_an_external_broker_in_order() throws Exception {
        int port = freePort();
        ActiveMQServer broker = broker(port);
        try (SpoolUnderTest under = new SpoolUnderTest(settings(port), directory)) {
            for (int i = 0; i < 200; i++) {
                under.append("a", "x" + i, "y".repeat(1_000 * i));
            }
            under.readAndDo();
            await().until(() -> under.received.size() == 400);
            assertThat(under.receivedOf("a"))
                    .isEqualTo(
                            IntStream.range(0, 400)
                                    .mapToObj(
                                            i ->
                                                    "a.%d %s"
                                                            .formatted(
                                                                    i + 1,
                                                                    i % 2 == 0
                                                                            ? "x" + i / 2
                                                                            : "y"
                                                                                    .repeat(
                                                                                            i / 2
                                                                                                    * 1_000)))
                                    .toList());
            assertThat(directory.resolve("unused")).doesNotExist();
        } finally {
            broker.stop();
        }
    }

    @Test
    void while_the_broker_is_away_payloads_wait_and_go_to_the_next_address_that_answers()
            throws Exception {
        int first = freePort();
        int second = freePort();
        try (SpoolUnderTest under = new SpoolUnderTest(settings(first, second), directory)) {
            for (int i = 0; i < 100; i++) {
                under.append("a", "x" + i);
            }
            await().until(() -> under.spool.state().kind() == SpoolState.Kind.WAITING);
            assertThat(under.spool.state().reason()).startsWith("DMG4105 ");
            assertThat(under.stored).hasValue(0);

            ActiveMQServer broker = broker(first);
            await().until(() -> under.stored.get() == 100);
            broker.stop();
            for (int i = 100; i < 200; i++) {
                under.append("a", "x" + i);
            }
            broker = broker(second); // with what the first had stored, as a backup has
            under.readAndDo();
            await().until(() -> under.received.size() == 200);
            assertThat(under.receivedOf("a"))
                    .isEqualTo(
                            IntStream.range(0, 200)
                                    .mapToObj(i -> "a." + (i + 1) + " x" + i)
                                    .toList());
            broker.stop();
        }
    }
}
