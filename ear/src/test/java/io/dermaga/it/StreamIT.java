package io.dermaga.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.it.peers.Census;
import io.dermaga.it.peers.NodeClient;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Node.js client, and payloads larger than the heap. */
@ExtendWith(BeansServer.Shared.class)
class StreamIT {

    private static final long MOST_MEMORY = 64L << 20;

    @Test
    void what_a_node_client_writes_in_several_pieces_arrives_as_one_payload(BeansServer server) {
        NodeClient.Sent sent = NodeClient.send(server.port("hash"), 300_000, 7_001);

        assertThat(server.ledger())
                .as(server.tell("events"))
                .containsEntry("hash.port" + sent.port(), "300000:" + sent.sha256());
    }

    @Test
    void two_gibibytes_arrive_whole_while_the_adapter_stays_below_64_mebibytes(BeansServer server) {
        CompletableFuture<NodeClient.Sent> sending =
                CompletableFuture.supplyAsync(
                        () -> NodeClient.send(server.port("hash"), 2L << 30, 1 << 20));
        long most = 0;
        do {
            Properties now = server.monitor();
            most =
                    Math.max(
                            most,
                            Long.parseLong(now.getProperty("direct"))
                                    + Long.parseLong(now.getProperty("heap")));
            most = Math.max(most, Census.of(server.pid()).bytesOf("io.dermaga.", "io.netty."));
        } while (!sending.isDone());

        NodeClient.Sent sent = sending.join();
        assertThat(server.ledger())
                .as(server.tell("events"))
                .containsEntry("hash.port" + sent.port(), (2L << 30) + ":" + sent.sha256());
        assertThat(most).as("bytes of heap and direct memory").isBetween(1L, MOST_MEMORY);
        assertThat(server.monitor().getProperty("spill")).isEqualTo("0");
    }
}
