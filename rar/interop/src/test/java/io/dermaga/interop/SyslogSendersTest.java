package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.Counters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sends syslog on Linux: logger of util-linux, and rsyslogd. */
class SyslogSendersTest {

    private static final int COUNT = 50;

    private static String lines() {
        return IntStream.range(0, COUNT)
                .mapToObj(i -> "Grüße " + i + " " + "x".repeat(i) + "\n")
                .collect(Collectors.joining());
    }

    private static void assertMessages(List<String> texts) {
        assertThat(texts).hasSize(COUNT);
        for (int i = 0; i < COUNT; i++) {
            assertThat(texts.get(i))
                    .matches("(?s)<[0-9]{1,3}>.*")
                    .endsWith("Grüße " + i + " " + "x".repeat(i));
        }
    }

    /** The digits and the blank before each message. */
    private static long counts(List<byte[]> payloads) {
        return payloads.stream().mapToLong(one -> (one.length + " ").length()).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rfc5424", "--rfc3164"})
    void messages_that_logger_counts_are_received(String format) throws Exception {
        Program logger = Program.named("logger");
        try (Receiver receiver = Receiver.of("syslog", Receiver.Answer.NONE)) {
            logger.run(
                    lines(),
                    "--server",
                    Receiver.HOST,
                    "--port",
                    receiver.port(),
                    "--tcp",
                    "--octet-count",
                    format);
            assertMessages(receiver.texts(COUNT));
            assertThat(receiver.settled().envelopeBytes()).isEqualTo(counts(receiver.payloads()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rfc5424", "--rfc3164"})
    void messages_that_logger_ends_with_a_line_feed_are_received(String format) throws Exception {
        Program logger = Program.named("logger");
        try (Receiver receiver = Receiver.of("syslog", Receiver.Answer.NONE)) {
            logger.run(
                    lines(), "--server", Receiver.HOST, "--port", receiver.port(), "--tcp", format);
            assertMessages(receiver.texts(COUNT));
            assertThat(receiver.settled().envelopeBytes()).isEqualTo(COUNT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "octet-counted, syslog",
        "octet-counted, syslog(octet-counting)",
        "traditional, syslog",
        "traditional, syslog(non-transparent)"
    })
    void messages_that_rsyslogd_forwards_are_received(
            String sent, String framing, @TempDir Path folder) throws Exception {
        try (Receiver receiver = Receiver.of(framing, Receiver.Answer.NONE)) {
            forward(receiver, sent, folder);
            boolean counted = sent.equals("octet-counted");
            // the template ends with LF: in counted messages it is a part of the message
            assertThat(receiver.texts()).allMatch(text -> text.endsWith("\n") == counted);
            assertMessages(
                    receiver.texts().stream().map(text -> text.replaceFirst("\n$", "")).toList());
            Counters counters = receiver.settled();
            assertThat(counters.envelopeBytes())
                    .isEqualTo(counted ? counts(receiver.payloads()) : COUNT);
        }
    }

    /** Runs rsyslogd until it has forwarded a file. */
    private static void forward(Receiver receiver, String framing, Path folder) throws Exception {
        Program rsyslogd = Program.named("rsyslogd");
        Path input = Files.writeString(folder.resolve("input.log"), lines());
        Path configuration =
                Files.writeString(
                        folder.resolve("rsyslog.conf"),
                        """
                        global(workDirectory="%s")
                        module(load="imfile")
                        input(type="imfile" file="%s" tag="interop")
                        action(type="omfwd" target="%s" port="%d" protocol="tcp"
                               tcp_framing="%s" template="RSYSLOG_SyslogProtocol23Format")
                        """
                                .formatted(folder, input, Receiver.HOST, receiver.port(), framing));
        Process process =
                rsyslogd.start(
                        folder.resolve("output.txt"),
                        "-n",
                        "-f",
                        configuration,
                        "-i",
                        folder.resolve("rsyslogd.pid"));
        try {
            receiver.texts(COUNT);
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("rsyslogd has ended").isTrue();
        }
    }
}
