package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.engine.settings.Setting;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What the feed tells of a connection, from its beginning to its end. */
@Isolated("changes the level of the log")
class ConnectionEventsTest {

    private static final int REPLY_BYTES = 8 * 1024 * 1024;

    private static List<String> texts(EngineUnderTest engine) {
        return engine.monitor().events(0, Integer.MAX_VALUE).stream()
                .filter(one -> one.connectionId() != null && engine.name().equals(one.listener()))
                .map(MonitorEvent::text)
                .toList();
    }

    @Test
    void the_life_of_a_connection_is_told_from_its_first_byte_to_its_close() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            peer.send("one\n");
            await().until(() -> engine.counters().delivered() == 1);
            peer.send("two\n").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            engine.settled();
            String connection =
                    "connection [^ ]+ from 127.0.0.1:%d on listener '%s' "
                            .formatted(peer.localPort(), engine.name());
            assertThat(texts(engine)).hasSize(4);
            assertThat(texts(engine).get(0)).matches("DMG2001 " + connection + "is open");
            assertThat(texts(engine).get(1))
                    .matches("DMG2014 " + connection + "has sent its first byte");
            assertThat(texts(engine).get(2))
                    .matches("DMG2015 " + connection + "was ended by its peer");
            assertThat(texts(engine).get(3))
                    .matches(
                            "DMG2005 "
                                    + connection
                                    + "is closed: PEER_ENDED, 8 bytes read, 0 written, open for \\d+m?s");
        }
    }

    @Test
    void a_peer_that_has_taken_what_waited_for_it_is_told_of() throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft().set(Setting.FRAMING, "lines").start();
                TestPeer peer = engine.connect()) {
            engine.bean().onPayload(payload -> payload.connection().write(new byte[REPLY_BYTES]));
            peer.send("go\n");
            peer.in().readNBytes(REPLY_BYTES);
            await().until(() -> engine.events(Kind.DRAINED).size() == 1);
            assertThat(engine.event(Kind.DRAINED).text())
                    .startsWith("DMG2016 connection ")
                    .endsWith("has taken all that was written");
        }
    }

    @Test
    void the_log_has_the_words_of_the_feed() throws Exception {
        Logger logger = Logger.getLogger("io.dermaga");
        Level before = logger.getLevel();
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord record) {
                        logged.add(record.getMessage());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        handler.setLevel(Level.ALL);
        logger.addHandler(handler);
        logger.setLevel(Level.FINE);
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            peer.send("one\n").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            engine.settled();
            assertThat(logged).containsAll(texts(engine));
        } finally {
            logger.setLevel(before);
            logger.removeHandler(handler);
        }
    }
}
