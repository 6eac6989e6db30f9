package io.dermaga.engine.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.engine.payload.Place;
import io.dermaga.engine.settings.OnOversize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Of each payload it is known which bytes of the stream it was made of. */
class PlacesTest {

    private static final FramingOptions OPTIONS = AssemblyUnderTest.options(1000, OnOversize.CLOSE);

    @ParameterizedTest
    @MethodSource("io.dermaga.engine.framing.Example#all")
    void frames_lie_one_after_the_other_and_hold_their_payloads(Example example) throws Exception {
        List<Place> places = places(example, 0, example.bytes().length);
        long before = 0;
        assertThat(places).hasSameSizeAs(example.payloads());
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            assertThat(place.start()).isGreaterThanOrEqualTo(before);
            String frame = example.stream().substring((int) place.start(), (int) place.end());
            assertThat(frame).contains(example.payloads().get(i));
            if (example.keep()) {
                assertThat(frame).isEqualTo(example.payloads().get(i));
            }
            before = place.end();
        }
        assertThat(before).isLessThanOrEqualTo(example.bytes().length);
    }

    @ParameterizedTest
    @MethodSource("io.dermaga.engine.framing.Example#all")
    void a_frame_lies_in_the_same_bytes_however_they_are_read(Example example) throws Exception {
        int length = example.bytes().length;
        List<Place> whole = places(example, 0, length);
        for (int first = 0; first <= length; first++) {
            for (int second = first; second <= length; second++) {
                assertThat(places(example, 0, first, second, length))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(readIn(whole, 0, first, second, length));
            }
        }
        int[] each = IntStream.rangeClosed(0, length).toArray();
        assertThat(places(example, each)).isEqualTo(readIn(whole, each));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // nothing between frames
                "lines | a\\r\\n\\nbc\\n | 0-3 3-4 4-7",
                "lines(lenient) | a\\r\\nb\\r\\n | 0-2 3-5",
                "delimiter(0x3b,0x0d0a) | a;b\\r\\n; | 0-2 2-5 5-6",
                "fixed(2) | abcd | 0-2 2-4",
                "length(1) | \\001a\\000\\002bc | 0-2 2-3 3-6",
                "eof | one payload | 0-11",
                // what is allowed between frames is of none
                "ndjson | {}\\n\\n1\\n | 0-3 4-6",
                "json | {} [] | 0-2 3-5",
                "json-seq | \\0361\\n\\n\\0362\\n | 0-3 4-7",
                "mllp(lenient) | \\013a\\034\\r\\n\\013b\\034\\r | 0-3 5-8",
                "syslog | 3 <1>\\n4 <2>x | 0-5 6-12",
                "stomp | A\\n\\n\\000\\n\\nB\\n\\n\\000 | 0-4 6-10",
                // what is told of as lost is of none
                "stx-etx(lenient) | xx\\002a\\003yy\\002b\\003 | 2-5 7-10",
                "mllp(lenient) | x\\013a\\034y\\013b\\034 | 1-4 5-8",
                // what the class of an application leaves out is not known to be of a frame
                "custom(io.dermaga.engine.framing.Telegram) | \\001a\\002bc | 1-2 3-5"
            })
    void a_frame_has_its_own_bytes_of_the_framing(String framing, String stream, String expected)
            throws Exception {
        Example example = new Example(framing, stream.translateEscapes());
        List<String> given =
                places(example, 0, example.bytes().length).stream()
                        .map(place -> place.start() + "-" + place.end())
                        .toList();
        assertThat(String.join(" ", given)).isEqualTo(expected);
    }

    @Test
    void a_frame_that_is_lost_has_a_place() throws Exception {
        FramingOptions options = AssemblyUnderTest.options(3, OnOversize.DISCARD);
        try (AssemblyUnderTest assembly =
                new AssemblyUnderTest("lines", false, options, Long.MAX_VALUE)) {
            assembly.read("ab\nmuch to").read("o long\nc\n");
            assertThat(assembly.lost())
                    .extracting(LostBytes::place)
                    .containsExactly(new Place(3, 17, 2));
            assertThat(assembly.places()).containsExactly(new Place(0, 3, 1), new Place(17, 19, 1));
        }
    }

    @Test
    void what_is_cut_keeps_the_place_of_all_that_was_sent() throws Exception {
        FramingOptions options = AssemblyUnderTest.options(3, OnOversize.TRUNCATE);
        try (AssemblyUnderTest assembly =
                new AssemblyUnderTest("lines", false, options, Long.MAX_VALUE)) {
            assembly.read("much to").read("o l").read("ong\n");
            assertThat(assembly.payloads()).containsExactly("muc");
            assertThat(assembly.places()).containsExactly(new Place(0, 14, 3));
        }
    }

    @Test
    void the_first_byte_of_a_frame_counts_though_it_is_no_payload_s() throws Exception {
        try (AssemblyUnderTest assembly = new AssemblyUnderTest("length(4)", 1000)) {
            assembly.read("\0\0\0\2");
            long header = assembly.assembler().frameNanos();
            assembly.read("ab");
            assertThat(assembly.places()).containsExactly(new Place(0, 6, 2));
            assertThat(assembly.firstBytes()).containsExactly(header);
        }
    }

    @Test
    void an_unfinished_frame_lies_up_to_where_was_read() throws Exception {
        try (AssemblyUnderTest assembly = new AssemblyUnderTest("mllp", 1000)) {
            assembly.read("\u000bwhole\u001c\r\u000bhal");
            assembly.read("f");
            assertThat(assembly.assembler().unfinished()).isEqualTo(new Place(8, 13, 2));
        }
    }

    private static List<Place> places(Example example, int... cuts) throws FramingException {
        try (AssemblyUnderTest assembly = new AssemblyUnderTest(example, OPTIONS)) {
            for (int i = 1; i < cuts.length; i++) {
                if (cuts[i] > cuts[i - 1]) {
                    assembly.read(example.bytes(), cuts[i - 1], cuts[i]);
                }
            }
            assembly.end();
            return assembly.places();
        }
    }

    /** The same places, with the number of reads that brought bytes of each. */
    private static List<Place> readIn(List<Place> places, int... cuts) {
        List<Place> read = new ArrayList<>();
        for (Place place : places) {
            int[] begins = Arrays.stream(cuts).distinct().toArray();
            int reads = 0;
            for (int i = 1; i < begins.length; i++) {
                if (begins[i - 1] < place.end() && begins[i] > place.start()) {
                    reads++;
                }
            }
            read.add(new Place(place.start(), place.end(), Math.max(1, reads)));
        }
        return read;
    }
}
