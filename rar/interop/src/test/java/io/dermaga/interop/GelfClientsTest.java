package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;

import biz.paluch.logging.gelf.jul.GelfLogHandler;
import io.dermaga.api.monitor.Counters;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.graylog2.gelfclient.GelfConfiguration;
import org.graylog2.gelfclient.GelfMessageBuilder;
import org.graylog2.gelfclient.GelfTransports;
import org.graylog2.gelfclient.transport.GelfTransport;
import org.junit.jupiter.api.Test;

/** Clients of the Graylog extended log format over TCP: Graylog's own, and a handler of logging. */
class GelfClientsTest {

    private static final int COUNT = 100;

    @Test
    void messages_of_the_graylog_client_are_received() {
        try (Receiver receiver = Receiver.of("nul", Receiver.Answer.NONE)) {
            GelfConfiguration configuration =
                    new GelfConfiguration(
                                    new InetSocketAddress(
                                            InetAddress.getLoopbackAddress(), receiver.port()))
                            .transport(GelfTransports.TCP);
            GelfTransport transport = GelfTransports.create(configuration);
            for (int i = 0; i < COUNT; i++) {
                assertThat(
                                transport.trySend(
                                        new GelfMessageBuilder("Grüße " + i, "interop")
                                                .additionalField("number", i)
                                                .fullMessage("line\n".repeat(i))
                                                .build()))
                        .isTrue();
            }
            List<String> texts = receiver.texts(COUNT);
            for (int i = 0; i < COUNT; i++) {
                assertThat(texts.get(i))
                        .startsWith("{")
                        .contains("\"short_message\":\"Grüße " + i + "\"", "\"_number\":" + i)
                        .endsWith("}");
            }
            transport.flushAndStopSynchronously(10, TimeUnit.SECONDS, 3);
            assertOneNulEach(receiver.settled());
        }
    }

    @Test
    void records_of_the_logstash_gelf_handler_are_received() {
        try (Receiver receiver = Receiver.of("nul", Receiver.Answer.NONE)) {
            GelfLogHandler handler = new GelfLogHandler();
            handler.setGraylogHost("tcp:" + Receiver.HOST);
            handler.setGraylogPort(receiver.port());
            handler.setVersion("1.1");
            for (int i = 0; i < COUNT; i++) {
                handler.publish(new LogRecord(Level.INFO, "Grüße " + i));
            }
            handler.close();
            List<String> texts = receiver.texts(COUNT);
            for (int i = 0; i < COUNT; i++) {
                assertThat(texts.get(i)).startsWith("{").contains("Grüße " + i).endsWith("}");
            }
            assertOneNulEach(receiver.settled());
        }
    }

    private static void assertOneNulEach(Counters counters) {
        assertThat(counters.delivered()).isEqualTo(COUNT);
        assertThat(counters.envelopeBytes()).isEqualTo(COUNT);
    }
}
