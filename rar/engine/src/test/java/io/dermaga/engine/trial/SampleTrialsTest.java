package io.dermaga.engine.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dermaga.api.monitor.FramingTrial;
import io.dermaga.api.monitor.FramingTrial.Frame;
import io.dermaga.api.monitor.FramingTrials;
import io.dermaga.engine.framing.Catalog;
import io.dermaga.engine.framing.Example;
import io.dermaga.engine.payload.SpillStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SampleTrialsTest {

    private final SpillStore store = new SpillStore(Path.of("never-made"), 0);
    private final SampleTrials trials = new SampleTrials(store);

    @AfterEach
    void close() {
        store.close();
    }

    private FramingTrials of(String sample) {
        return trials.run(sample.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String told(FramingTrials all) {
        return all.trials().stream()
                .limit(6)
                .map(one -> one.framing() + " " + one.plausibility() + " " + one.frameCount())
                .collect(Collectors.joining(", "));
    }

    private static final String HL7 =
            "\u000bMSH|^~\\&|LAB|HOSP|EHR||2024||ORU^R01|1|P|2.5\rPID|1\r\u001c\r";
    private static final String LOG = "<34>1 2024-01-01T00:00:00Z host app - - - it happened";

    static Stream<Arguments> samples() {
        return Stream.of(
                sample("mllp", HL7 + HL7),
                sample("mllp(lenient)", HL7 + "\n" + HL7.replace("\u001c\r", "\u001c") + HL7),
                sample("mllp-r2", "\u000b<ping/>\u001c\r"),
                sample("lines", "hello\nworld\n"),
                sample("lines", "weight 12.5 kg\r\nweight 13.0 kg\r\n"),
                sample("lines(lenient)", "first\rsecond\rthird\r"),
                sample("delimiter(0x7c7c)", "alpha||beta||gamma||"),
                sample("delimiter(0x1e)", "alpha\u001ebeta\u001egamma\u001e"),
                sample("nul", "{\"version\":\"1.1\"}\u0000{\"version\":\"1.1\"}\u0000"),
                sample("stx-etx", "\u000212.5 kg\u0003\u000213.0 kg\u0003"),
                sample(
                        "start-end(0x01,0x04)",
                        "\u0001alpha\u0004\u0001beta\u0004\u0001gamma\u0004"),
                sample("fixed(20)", records()),
                sample("length(2)", "\u0000\u0005hello\u0000\u0003you\u0000\u0007goodbye"),
                sample("length(4)", "\u0000\u0000\u0000\u0005hello\u0000\u0000\u0000\u0003you"),
                sample(
                        "length(4,little)",
                        "\u0005\u0000\u0000\u0000hello\u0003\u0000\u0000\u0000you"),
                sample("length(2,including)", "\u0000\u0007hello\u0000\u0005you\u0000\tgoodbye"),
                sample("length(1)", "\u0005hello\u0003you\u0007goodbye\u0004each"),
                sample("length(4,ascii)", "0005hello0012good morning0003you"),
                sample("length(4,hex)", "0005hello000Cgood morning001Athe quick brown fox jumps "),
                sample(
                        "length(2,bcd)",
                        "\u0000\u0012good morning\u0000&the quick brown fox jumps "),
                sample(
                        "length(2,offset=2)",
                        "XY\u0000\u0005helloXY\u0000\u0003youXY\u0000\u0007goodbyeXY\u0000\u0004each"),
                sample("syslog", LOG + "\n" + LOG + "\n"),
                sample("syslog", LOG.length() + " " + LOG + LOG.length() + " " + LOG),
                sample("ndjson", "{\"a\":1}\n{\"b\":2}\n"),
                sample("json", "{\"a\":1}{\"b\":\n [2]}"),
                sample("json-seq", "\u001e{\"a\":1}\n\u001e{\"b\":2}\n"),
                sample("iso8583(nac)", "\u0000\u00100800822000000000\u0000\u00100810822000000000"),
                sample("iso8583(ascii)", "00160800822000000000" + "00160810822000000000"),
                sample(
                        "graphite",
                        "servers.a.load 0.5 1700000000\nservers.b.load 1.5 1700000001\n"),
                sample("tpkt", "\u0003\u0000\u0000\u0007\u0002\u00f0\u0080"),
                sample("eof", "no end of anything here"));
    }

    private static Arguments sample(String framing, String bytes) {
        return Arguments.of(framing, bytes);
    }

    private static String records() {
        return IntStream.range(0, 8)
                .mapToObj(
                        i -> "%08d%-6s%06d".formatted(i * 7919, "abcdef".substring(i % 5), i * 31))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_known_sample_ranks_its_framing_first(String framing, String sample) {
        FramingTrials all = of(sample);

        assertThat(all.trials().get(0).framing()).as(told(all)).isEqualTo(framing);
    }

    static Stream<Example> protocols() {
        return Example.all()
                .filter(one -> !one.keep())
                .filter(
                        one ->
                                Set.of(
                                                "dicom",
                                                "modbus",
                                                "tpkt",
                                                "stomp",
                                                "fix",
                                                "smpp",
                                                "nmea",
                                                "teltonika",
                                                "mllp",
                                                "syslog",
                                                "json-seq",
                                                "stx-etx")
                                        .contains(one.framing()));
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void every_example_of_a_protocol_ranks_it_first(Example example) {
        FramingTrials all = trials.run(example.bytes());

        assertThat(all.trials().get(0).framing()).as(told(all)).isEqualTo(example.framing());
    }

    private static FramingTrial trial(FramingTrials all, String framing) {
        return all.trials().stream()
                .filter(one -> one.framing().equals(framing))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> names(FramingTrials all) {
        return all.trials().stream()
                .map(one -> one.framing().replaceAll("\\(.*", ""))
                .collect(Collectors.toSet());
    }

    @Test
    void frames_are_told_apart_from_what_the_framing_puts_around_them() {
        FramingTrial mllp = trial(of("\u000bMSH|\u001c\r\u000bab\u001c\r\u000bcut"), "mllp");

        assertThat(mllp.frames()).containsExactly(new Frame(0, 1, 5, 7), new Frame(7, 8, 10, 12));
        assertThat(mllp.rest()).isEqualTo(4);
        assertThat(mllp.outside()).isZero();
        assertThat(mllp.error()).isNull();
    }

    @Test
    void what_the_end_of_the_stream_completes_lies_where_it_was_sent() {
        assertThat(trial(of("all of it"), "eof").frames()).containsExactly(new Frame(0, 0, 9, 9));
    }

    @Test
    void every_framing_tells_of_its_error_or_of_what_it_has_lost() {
        FramingTrials all = of("hello\nworld\n");

        assertThat(names(all))
                .containsAll(
                        Catalog.names()
                                .filter(name -> !name.equals("custom") && !name.equals("auto"))
                                .toList());
        assertThat(trial(all, "mllp").error()).startsWith("DMG2104 byte 0 of the stream");
        assertThat(trial(all, "mllp").rest()).isEqualTo(12);
        assertThat(trial(all, "nmea").losses()).first().asString().startsWith("DMG2109");
    }

    @Test
    void bytes_between_frames_belong_to_none() {
        FramingTrial lenient = trial(of("\r\n\u0002ab\u0003\u0006"), "stx-etx(lenient)");

        assertThat(lenient.frames()).containsExactly(new Frame(2, 3, 5, 6));
        assertThat(lenient.outside()).isEqualTo(3);
        assertThat(lenient.losses()).first().asString().startsWith("DMG2110");
    }

    @Test
    void what_is_no_framing_is_hinted_at() {
        assertThat(of("GET / HTTP/1.1\r\nHost: a\r\n\r\n").hint()).contains("HTTP/1.1");
        assertThat(of("PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\nhello\n").hint())
                .contains("PROXY protocol, version 1", "proxyFrom=the address of the proxy");
        assertThat(of(HL7).hint()).isNull();
        assertThat(trial(of(HL7), "mllp").protocol()).isEqualTo("MLLP (HL7 v2)");
    }

    static Stream<byte[]> hostile() {
        Random random = new Random(42);
        byte[] noise = new byte[FramingTrials.MOST_BYTES];
        random.nextBytes(noise);
        Stream<byte[]> filled =
                IntStream.of(0, 1, '\n', '[', '"', '0', '$', 0xff)
                        .mapToObj(
                                value -> {
                                    byte[] bytes = new byte[FramingTrials.MOST_BYTES];
                                    Arrays.fill(bytes, (byte) value);
                                    return bytes;
                                });
        Stream<byte[]> small =
                IntStream.range(1, 300)
                        .mapToObj(
                                size -> {
                                    byte[] bytes = new byte[size];
                                    random.nextBytes(bytes);
                                    return bytes;
                                });
        return Stream.of(Stream.of(noise), filled, small).flatMap(all -> all);
    }

    @Test
    void any_bytes_get_an_answer_of_bounded_size_that_accounts_for_each_of_them() {
        hostile()
                .forEach(
                        bytes -> {
                            FramingTrials all = trials.run(bytes);
                            assertThat(all.trials()).hasSizeBetween(24, 50);
                            all.trials().forEach(one -> assertSound(one, bytes.length));
                        });
    }

    private static void assertSound(FramingTrial one, int size) {
        assertThat(one.plausibility()).isBetween(0, 100);
        assertThat(one.frames()).hasSize(Math.min(one.frameCount(), FramingTrial.MOST_FRAMES));
        int at = 0;
        for (Frame frame : one.frames()) {
            if (frame.start() < at
                    || frame.payloadStart() < frame.start()
                    || frame.payloadEnd() < frame.payloadStart()
                    || frame.end() < frame.payloadEnd()) {
                throw new AssertionError(one.framing() + ": " + frame + " after " + at);
            }
            at = frame.end();
        }
        assertThat(at + one.rest()).as(one.framing()).isLessThanOrEqualTo(size);
        assertThat(one.outside()).as(one.framing()).isNotNegative();
        if (one.frameCount() == one.frames().size()) {
            int inside = one.frames().stream().mapToInt(frame -> frame.end() - frame.start()).sum();
            assertThat(inside + one.outside() + one.rest()).as(one.framing()).isEqualTo(size);
        }
    }

    @Test
    void noise_is_taken_for_nothing_that_is_likely() {
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            byte[] noise = new byte[4096];
            random.nextBytes(noise);
            FramingTrials all = trials.run(noise);
            assertThat(all.trials().get(0).plausibility()).as(told(all)).isLessThan(50);
        }
    }

    @Test
    void a_sample_of_no_bytes_or_of_too_many_is_refused() {
        for (int size : new int[] {0, FramingTrials.MOST_BYTES + 1}) {
            assertThatThrownBy(() -> trials.run(new byte[size]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "DMG1010 sample: given %d bytes, allowed: 1 to 65536 bytes"
                                    .formatted(size));
        }
    }

    @Test
    void nothing_is_left_on_the_disk() {
        trials.run(new byte[FramingTrials.MOST_BYTES]);

        assertThat(store.used()).isZero();
        assertThat(Path.of("never-made")).doesNotExist();
    }
}
