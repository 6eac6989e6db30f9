package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.WriteRequest;
import io.dermaga.engine.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator writes to a connection. */
class WritingTest {

    private static OptionalInt write(
            EngineUnderTest engine, String connection, String text, boolean enclosed) {
        ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        return engine.monitor().write(new WriteRequest(connection, content, enclosed), "eve\n");
    }

    private static String id(EngineUnderTest engine) {
        engine.event(MonitorEvent.Kind.CONNECTED);
        return engine.connection().id();
    }

    @ParameterizedTest
    @CsvSource({
        "lines, true, 'abc\r\n'",
        "lines, false, abc",
        "'length(1)', true, '\u0003abc'",
        "mllp, true, '\u000babc\u001c\r'",
        "eof, true, abc",
    })
    void bytes_reach_the_peer_with_or_without_the_framing(
            String framing, boolean enclosed, String expected) throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing(framing);
                TestPeer peer = engine.connect()) {
            String id = id(engine);

            assertThat(write(engine, id, "abc", enclosed)).hasValue(expected.length());

            assertThat(peer.receive(expected.length())).isEqualTo(expected);
            assertThat(engine.event(MonitorEvent.Kind.WRITTEN).text())
                    .startsWith("DMG2018 connection " + id + " from ")
                    .endsWith("was written " + expected.length() + " bytes by 'eve\\u000a'");
            await().until(() -> engine.connection().bytesWritten() == expected.length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void nothing_is_put_amid_a_reply(String transport) throws Exception {
        String reply = "r".repeat(3000) + '\n';
        String written = "w".repeat(500) + '\n';
        int payloads = 3000;
        int writes = 1000;
        EngineUnderTest.Draft draft =
                EngineUnderTest.draft()
                        .adapter("transport", transport)
                        .set(Setting.FRAMING, "lines")
                        .set(Setting.MAX_WRITE_BUFFER, "16MiB");
        draft.bean()
                .onPayload(payload -> payload.connection().write(reply, StandardCharsets.US_ASCII));
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            String id = id(engine);
            Thread sender =
                    new Thread(
                            () -> {
                                try {
                                    for (int i = 0; i < payloads; i++) {
                                        peer.send("x\n");
                                    }
                                } catch (IOException failed) {
                                    throw new UncheckedIOException(failed);
                                }
                            });
            Thread operator =
                    new Thread(
                            () -> {
                                for (int i = 0; i < writes; ) {
                                    try {
                                        write(engine, id, written, false);
                                        i++;
                                    } catch (IllegalStateException full) {
                                        Thread.onSpinWait(); // DMG3319: until the peer has read
                                    }
                                }
                            });
            sender.start();
            operator.start();

            String all = peer.receive(payloads * reply.length() + writes * written.length());
            operator.join();
            sender.join();
            String[] pieces = all.split("(?<=\n)", -1);
            assertThat(pieces).hasSize(payloads + writes + 1); // and nothing behind the last
            assertThat(pieces).containsOnly(reply, written, "");
        }
    }

    @Test
    void a_peer_that_does_not_read_is_told_of_and_keeps_its_connection() throws Exception {
        String large = "x".repeat(WriteRequest.MOST_BYTES);
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = new TestPeer(engine.port(), 4096)) {
            String id = id(engine);
            AtomicInteger written = new AtomicInteger();
            AtomicReference<String> refused = new AtomicReference<>("");
            await().until(
                            () -> {
                                try {
                                    written.addAndGet(
                                            write(engine, id, large, false).orElseThrow());
                                    return false; // until the kernel takes no more
                                } catch (IllegalStateException full) {
                                    refused.set(full.getMessage());
                                    return engine.connection().writeBufferBytes() > 196_608;
                                }
                            });

            assertThat(refused.get())
                    .matches(
                            "DMG3319 connection \\S+ takes no 65536 bytes: \\d+ bytes wait for its peer");
            assertThat(engine.connection().writeBufferBytes()).isLessThanOrEqualTo(262_144);
            assertThat(peer.receive(written.get())).hasSize(written.get());
            await().until(() -> engine.connection().writeBufferBytes() == 0);
            assertThat(write(engine, id, "more", false)).hasValue(4);
            assertThat(peer.receive(4)).isEqualTo("more");
        }
    }

    @Test
    void a_side_that_has_ended_takes_nothing_and_ends_in_order() throws Exception {
        EngineUnderTest.Draft draft = EngineUnderTest.draft().set(Setting.FRAMING, "lines");
        draft.bean().onPayload(payload -> payload.connection().end());
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            String id = id(engine);
            peer.send("x\n");
            await().until(() -> engine.connection().state() == ConnectionState.CLOSING);

            assertThatThrownBy(() -> write(engine, id, "late", false))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "DMG3318 connection %s takes no bytes: this side has ended, state=CLOSING"
                                    .formatted(id));
            assertThat(peer.untilEnd()).isEqualTo("FIN");
        }
    }

    @Test
    void a_peer_that_has_ended_its_side_is_written_to() throws Exception {
        EngineUnderTest.Draft draft =
                EngineUnderTest.draft()
                        .set(Setting.FRAMING, "lines")
                        .set(Setting.ALLOW_HALF_OPEN, true);
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect().end()) {
            await().until(() -> engine.connection().state() == ConnectionState.HALF_CLOSED);

            write(engine, id(engine), "last words", false);

            assertThat(peer.receive(10)).isEqualTo("last words");
        }
    }

    @Test
    void before_a_connection_has_opened_it_takes_nothing() throws Exception {
        EngineUnderTest.Draft draft =
                EngineUnderTest.draft()
                        .set(Setting.FRAMING, "lines")
                        .set(Setting.PROXY_FROM, "127.0.0.1");
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            await().until(() -> engine.connections().size() == 1);

            assertThatThrownBy(() -> write(engine, engine.connection().id(), "early", false))
                    .hasMessageContaining("takes no bytes: it is not open yet, state=OPENING");
            assertThat(peer.localPort()).isPositive();
        }
    }

    @Test
    void what_cannot_be_written_is_refused_and_a_connection_that_is_gone_is_none()
            throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("length(1)");
                TestPeer peer = engine.connect()) {
            String id = id(engine);

            assertThatThrownBy(() -> write(engine, id, "", false))
                    .hasMessage("DMG1001 'content': given 0 bytes, allowed: 1 to 65536");
            assertThatThrownBy(() -> write(engine, id, "x".repeat(65_537), false))
                    .hasMessage("DMG1001 'content': given 65537 bytes, allowed: 1 to 65536");
            assertThatThrownBy(() -> write(engine, id, "x".repeat(256), true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "DMG1011 a payload of 256 bytes cannot be put into framing length(1)");
            assertThat(write(engine, "nobody", "x", false)).isEmpty();
            peer.reset();
            await().until(() -> engine.connections().isEmpty());
            assertThat(write(engine, id, "x", false)).isEmpty();
        }
    }
}
