package io.dermaga.engine.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dermaga.api.CloseReason;
import io.dermaga.engine.settings.OnOversize;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too large, too small or never completed. */
class LimitsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void a_payload_of_exactly_max_payload_is_taken_in_chunks_of_any_size(int step)
            throws FramingException {
        try (AssemblyUnderTest assembly = new AssemblyUnderTest("lines", 5)) {
            inSteps(assembly, "12345\n12345\r\n1\r345\n1234\r\r\n", step);
            assertThat(assembly.payloads()).containsExactly("12345", "12345", "1\r345", "1234\r");
        }
        try (AssemblyUnderTest assembly = new AssemblyUnderTest("length(2)", 5)) {
            inSteps(assembly, Example.header(2, 5) + "12345", step);
            assertThat(assembly.payloads()).containsExactly("12345");
        }
        try (AssemblyUnderTest assembly = new AssemblyUnderTest("eof", 5)) {
            inSteps(assembly, "12345", step);
            assertThat(assembly.end().payloads()).containsExactly("12345");
        }
    }

    @ParameterizedTest
    @CsvSource({"eof", "lines"})
    void a_payload_that_grows_above_max_payload_is_refused_with_size_and_limit(String framing) {
        for (int step : new int[] {1, 2, 6}) {
            try (AssemblyUnderTest assembly = new AssemblyUnderTest(framing, 5)) {
                refuses(() -> inSteps(assembly, "123456", step), CloseReason.OVERSIZE)
                        .hasMessage(
                                "DMG2103 payload of 6 bytes or more exceeds maxPayload=5 bytes");
                assertThat(assembly.payloads()).isEmpty();
            }
        }
    }

    @Test
    void a_carriage_return_that_turns_out_to_be_data_counts() {
        try (AssemblyUnderTest assembly = new AssemblyUnderTest("lines", 5)) {
            refuses(
                    () -> {
                        assembly.read("12345\r");
                        assembly.read("x\n");
                    },
                    CloseReason.OVERSIZE);
        }
        try (AssemblyUnderTest assembly = new AssemblyUnderTest("lines", 5)) {
            refuses(() -> assembly.read("12345\rx\n"), CloseReason.OVERSIZE);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 100", "6, 100", "7, 100", "1, 4", "2, 4", "7, 4"})
    void a_payload_that_is_cut_keeps_max_payload_however_it_comes(int step, long spillThreshold)
            throws FramingException {
        FramingOptions options = AssemblyUnderTest.options(5, OnOversize.TRUNCATE);
        try (AssemblyUnderTest assembly =
                new AssemblyUnderTest("lines", false, options, spillThreshold)) {
            inSteps(assembly, "12345\rx", step);
            assertThat(assembly.assembler().growing().size()).isEqualTo(5);
            assertThat(assembly.lostBytes()).isEqualTo(2);
            inSteps(assembly, "y\r\n6\n", step);
            assertThat(assembly.payloads()).containsExactly("12345", "6");
            assertThat(assembly.originalSizes()).containsExactly(8L, 1L);
            assertThat(assembly.lostBytes()).isEqualTo(3);
        }
    }

    @Test
    void an_announced_size_above_max_payload_is_refused_before_a_byte_is_kept() {
        try (AssemblyUnderTest assembly = new AssemblyUnderTest("length(8)", 5)) {
            refuses(() -> assembly.read(Example.header(8, Long.MAX_VALUE)), CloseReason.OVERSIZE);
            assertThat(assembly.budgetUsed()).isZero();
        }
    }

    @Test
    void payloads_before_the_fault_are_delivered() {
        try (AssemblyUnderTest assembly = new AssemblyUnderTest("length(1)", 5)) {
            refuses(() -> assembly.read("\u0001a\u0002bc\u0006"), CloseReason.OVERSIZE);
            assertThat(assembly.payloads()).containsExactly("a", "bc");
        }
    }

    @Test
    void a_negative_length_is_a_framing_error_that_names_the_number() {
        try (AssemblyUnderTest assembly = new AssemblyUnderTest("length(8)", 5)) {
            refuses(() -> assembly.read(Example.header(8, -1)), CloseReason.FRAMING_ERROR)
                    .hasMessage(
                            "DMG2104 byte 7 of the stream does not follow framing 'length(8)': expected a length from 0 to 9223372036854775807, given 18446744073709551615; bytes: ff ff ff ff ff ff ff [ff]");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void a_length_smaller_than_the_header_that_it_includes_is_a_framing_error(int width) {
        String framing = "length(" + width + ",including)";
        for (int length = 0; length < width; length++) {
            try (AssemblyUnderTest assembly = new AssemblyUnderTest(framing, 5)) {
                String header = Example.header(width, length);
                refuses(() -> assembly.read(header), CloseReason.FRAMING_ERROR)
                        .hasMessageContaining(
                                "expected a length from " + width + " on, given " + length);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lines, no line end",
        "lines, 'a carriage return only\r'",
        "length(2), 'x'",
        "length(1), '\u0009eight...'"
    })
    void an_incomplete_tail_is_never_a_payload(String framing, String tail)
            throws FramingException {
        try (AssemblyUnderTest assembly = new AssemblyUnderTest(framing, 1000)) {
            assembly.read(tail);
            assertThat(assembly.assembler().inFrame()).isTrue();
            assertThat(assembly.end().payloads()).isEmpty();
        }
    }

    @Test
    void a_stream_that_ends_without_a_byte_has_no_payload() throws FramingException {
        try (AssemblyUnderTest assembly = new AssemblyUnderTest("eof", 1000)) {
            assertThat(assembly.end().payloads()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 4000})
    void a_payload_above_the_spill_threshold_is_the_same_from_disk(int step)
            throws FramingException {
        String payload = "0123456789".repeat(1000);
        try (AssemblyUnderTest assembly = new AssemblyUnderTest("lines", 20_000, 4096)) {
            inSteps(assembly, "small\n" + payload + "\r\nnext\n", step);
            assertThat(assembly.payloads()).containsExactly("small", payload, "next");
        }
    }

    @Test
    void memory_stays_within_a_small_multiple_of_the_payload_when_bytes_come_one_by_one()
            throws FramingException {
        try (AssemblyUnderTest assembly = new AssemblyUnderTest("eof", 100_000)) {
            inSteps(assembly, "x".repeat(100_000), 1);
            assertThat(assembly.budgetUsed()).isBetween(100_000L, 250_000L);
        }
    }

    private static void inSteps(AssemblyUnderTest assembly, String text, int step)
            throws FramingException {
        for (int at = 0; at < text.length(); at += step) {
            assembly.read(text.substring(at, Math.min(text.length(), at + step)));
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refuses(
            ThrowingCallable call, CloseReason reason) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FramingException.class,
                        fault -> assertThat(fault.reason()).isEqualTo(reason));
    }
}
