package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The module net of Node.js. */
class NodeNetTest {

    private static final String[] PAYLOADS = {"one", "", "Grüße", "x".repeat(100_000)};

    /** Sends the payloads; gives what was answered to each. */
    private static String send(String framing, Receiver receiver) throws Exception {
        Program node = Program.named("node");
        URL script = Objects.requireNonNull(NodeNetTest.class.getResource("/send.js"));
        String input = String.join("\n", PAYLOADS);
        return node.run(input, Path.of(script.toURI()), framing, receiver.port());
    }

    private static byte[] size(byte[] payload) {
        return (payload.length + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void lines_are_received_and_answered() throws Exception {
        try (Receiver receiver = Receiver.of("lines", NodeNetTest::size)) {
            assertThat(send("lines", receiver)).isEqualTo("3\n0\n7\n100000\n");
            assertThat(receiver.texts()).containsExactly(PAYLOADS);
            assertThat(receiver.settled().envelopeBytes()).isEqualTo(4);
        }
    }

    @Test
    void payloads_after_their_length_are_received_and_answered() throws Exception {
        Receiver.Answer answer =
                payload -> ByteBuffer.allocate(8).putInt(4).putInt(payload.length).array();
        try (Receiver receiver = Receiver.of("length(4)", answer)) {
            assertThat(send("length", receiver)).isEqualTo("3\n0\n7\n100000\n");
            assertThat(receiver.texts()).containsExactly(PAYLOADS);
            assertThat(receiver.settled().envelopeBytes()).isEqualTo(16);
        }
    }

    @Test
    void a_payload_up_to_the_end_of_the_stream_is_received_and_answered() throws Exception {
        try (Receiver receiver = Receiver.of("eof", NodeNetTest::size)) {
            String all = String.join("", PAYLOADS);
            assertThat(send("eof", receiver))
                    .isEqualTo(all.getBytes(StandardCharsets.UTF_8).length + "\n");
            assertThat(receiver.texts()).containsExactly(all);
            receiver.settled();
        }
    }
}
