package io.dermaga.engine.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dermaga.api.CloseReason;
import io.dermaga.engine.framing.LostBytes.Kind;
import io.dermaga.engine.settings.OnOversize;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every framing: what is cut off, too large, empty. */
class CommonRulesTest {

    private static final int[] STEPS = {1, 2, 3, 1000};

    static Stream<Example> examples() {
        return Example.all();
    }

    private static long largest(Example example) {
        return example.payloads().stream().mapToLong(String::length).max().orElseThrow();
    }

    private static List<String> first(Example example, int count) {
        return example.payloads().subList(0, Math.min(count, example.payloads().size()));
    }

    private static void inSteps(AssemblyUnderTest assembly, byte[] stream, int step)
            throws FramingException {
        for (int at = 0; at < stream.length; at += step) {
            assembly.read(stream, at, Math.min(stream.length, at + step));
        }
    }

    @Test
    void every_framing_has_an_example() {
        assertThat(Example.all().map(one -> one.framing().replaceAll("\\(.*", "")).distinct())
                .containsExactlyInAnyOrderElementsOf(Catalog.names().toList());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_stream_that_is_cut_off_delivers_whole_payloads_only(Example example) throws Exception {
        if (example.framing().equals("eof") || example.framing().endsWith(",eof)")) {
            return; // there, the end is what makes a payload whole
        }
        byte[] stream = example.bytes();
        for (int length = 0; length < stream.length; length++) {
            try (AssemblyUnderTest assembly =
                    new AssemblyUnderTest(
                            example, AssemblyUnderTest.options(1000, OnOversize.CLOSE))) {
                if (length > 0) {
                    assembly.read(stream, 0, length);
                }
                assembly.end();
                assertThat(assembly.payloads())
                        .isEqualTo(first(example, assembly.payloads().size()));
                assertThat(assembly.lost()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_payload_of_exactly_max_payload_is_taken(Example example) throws Exception {
        for (int step : STEPS) {
            try (AssemblyUnderTest assembly =
                    new AssemblyUnderTest(
                            example,
                            AssemblyUnderTest.options(largest(example), OnOversize.CLOSE))) {
                inSteps(assembly, example.bytes(), step);
                assertThat(assembly.end().payloads()).isEqualTo(example.payloads());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void one_byte_more_than_max_payload_ends_the_stream(Example example) {
        long limit = largest(example) - 1;
        for (int step : STEPS) {
            try (AssemblyUnderTest assembly =
                    new AssemblyUnderTest(
                            example, AssemblyUnderTest.options(limit, OnOversize.CLOSE))) {
                assertThatThrownBy(() -> inSteps(assembly, example.bytes(), step))
                        .isInstanceOfSatisfying(
                                FramingException.class,
                                e -> assertThat(e.reason()).isEqualTo(CloseReason.OVERSIZE))
                        .hasMessageStartingWith("DMG2103 payload of ")
                        .hasMessageEndingWith("exceeds maxPayload=" + limit + " bytes");
                assertThat(assembly.payloads())
                        .isEqualTo(first(example, assembly.payloads().size()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_payload_that_is_too_large_is_cut_if_so_configured(Example example) throws Exception {
        long limit = Math.max(1, largest(example) / 2);
        List<String> expected =
                example.payloads().stream()
                        .map(one -> one.substring(0, (int) Math.min(limit, one.length())))
                        .toList();
        List<Long> sizes = example.payloads().stream().map(one -> (long) one.length()).toList();
        for (int step : STEPS) {
            try (AssemblyUnderTest assembly =
                    new AssemblyUnderTest(
                            example, AssemblyUnderTest.options(limit, OnOversize.TRUNCATE))) {
                inSteps(assembly, example.bytes(), step);
                assertThat(assembly.end().payloads()).isEqualTo(expected);
                assertThat(assembly.originalSizes()).isEqualTo(sizes);
                expectLost(assembly, example, limit, Kind.TRUNCATED, limit);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_payload_that_is_too_large_is_discarded_if_so_configured(Example example)
            throws Exception {
        long limit = Math.max(1, largest(example) / 2);
        List<String> expected = new ArrayList<>(example.payloads());
        expected.removeIf(one -> one.length() > limit);
        for (int step : STEPS) {
            try (AssemblyUnderTest assembly =
                    new AssemblyUnderTest(
                            example, AssemblyUnderTest.options(limit, OnOversize.DISCARD))) {
                inSteps(assembly, example.bytes(), step);
                assertThat(assembly.end().payloads()).isEqualTo(expected);
                expectLost(assembly, example, limit, Kind.OVERSIZE, 0);
            }
        }
    }

    /** Each payload above the limit is told of with its size; its bytes but those kept are lost. */
    private static void expectLost(
            AssemblyUnderTest assembly, Example example, long limit, Kind kind, long kept) {
        List<Long> tooLarge =
                example.payloads().stream()
                        .map(one -> (long) one.length())
                        .filter(size -> size > limit)
                        .toList();
        assertThat(assembly.lost()).allMatch(one -> one.kind() == kind);
        assertThat(assembly.lost()).extracting(LostBytes::size).isEqualTo(tooLarge);
        assertThat(assembly.lost())
                .allMatch(one -> one.text().startsWith("DMG2111 payload of " + one.size()));
        assertThat(assembly.lostBytes())
                .isEqualTo(tooLarge.stream().mapToLong(size -> size - kept).sum());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void empty_payloads_are_left_out_if_so_configured(Example example) throws Exception {
        List<String> expected = new ArrayList<>(example.payloads());
        expected.removeIf(String::isEmpty);
        for (int step : STEPS) {
            FramingOptions options =
                    new FramingOptions(1000, OnOversize.CLOSE, false, false, false);
            try (AssemblyUnderTest assembly = new AssemblyUnderTest(example, options)) {
                inSteps(assembly, example.bytes(), step);
                assertThat(assembly.end().payloads()).isEqualTo(expected);
                assertThat(assembly.lost()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lines, 'a\nb', b",
        "delimiter('||'), 'a||b|', 'b|'",
        "nul, 'b', b",
        "lines, 'a\n', a"
    })
    void the_end_stands_for_a_delimiter_if_so_configured(String framing, String stream, String last)
            throws Exception {
        FramingOptions options = new FramingOptions(1000, OnOversize.CLOSE, true, true, false);
        for (int step : STEPS) {
            try (AssemblyUnderTest assembly =
                    new AssemblyUnderTest(new Example(framing, stream), options)) {
                inSteps(assembly, new Example(framing, stream).bytes(), step);
                assertThat(assembly.end().payloads()).endsWith(last);
            }
        }
    }
}
