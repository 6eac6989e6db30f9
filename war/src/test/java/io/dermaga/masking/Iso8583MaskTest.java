package io.dermaga.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.iso8583.Iso8583Message;
import io.dermaga.iso8583.Part;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Iso8583MaskTest {

    private static final String RULES = "iso8583(2, 35, 52)";
    private static final Charset EBCDIC = Charset.forName("IBM037");

    /** Elements 2 3 11 35 41 in ASCII. */
    private static final String ASCII =
            "0200"
                    + "6020000020800000"
                    + "164111111111111111"
                    + "000000"
                    + "123456"
                    + "324111111111111111=271210112345678"
                    + "TERM0001";

    private static byte[] covered(byte[] message) {
        byte[] covered = Masks.of(RULES).bytes("payments", message, "UTF-8");
        assertThat(covered).hasSameSizeAs(message);
        byte[] again = Masks.of(RULES).bytes("payments", covered, "UTF-8");
        for (int i = 0; i < again.length; i++) {
            assertThat(again[i]).isIn((byte) '*', covered[i]);
        }
        return covered;
    }

    private static String covered(String message) {
        return new String(
                covered(message.getBytes(StandardCharsets.ISO_8859_1)),
                StandardCharsets.ISO_8859_1);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer all =
                ByteBuffer.allocate(Arrays.stream(parts).mapToInt(one -> one.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    private static String value(byte[] message, int number) {
        Iso8583Message read = Iso8583Message.read(message).orElseThrow();
        assertThat(read.isWhole()).as("%s", read).isTrue();
        return read.part(number).map(Part::value).orElseThrow();
    }

    @Test
    void of_a_card_number_its_ends_stay_and_of_other_elements_nothing() {
        assertThat(covered(ASCII))
                .isEqualTo(
                        "0200"
                                + "6020000020800000"
                                + "16411111******1111"
                                + "000000"
                                + "123456"
                                + "32********************************"
                                + "TERM0001");
    }

    @ParameterizedTest
    @CsvSource({
        "134222222222222, 13422222***2222",
        "19" + "6304000000000000001" + ", 19630400*********0001",
        "12" + "422222222222" + ", 12************"
    })
    void a_number_that_is_too_short_for_a_card_is_covered_wholly(String given, String covered) {
        String end = "000000123456";
        String message = "0200" + "6020000000000000" + given + end;

        assertThat(covered(message)).isEqualTo("0200" + "6020000000000000" + covered + end);
    }

    /** Two digits are in a byte: where their number is odd, one more of them is covered. */
    @ParameterizedTest
    @CsvSource({
        "16 4111111111111111, 411111******1111",
        "19 06304000000000000001, 63040**********0001",
        "19 6304000000000000001F, 630400**********001"
    })
    void packed_digits_are_covered_byte_by_byte(String given, String covered) {
        byte[] message =
                join(
                        hex("0200 6020000020801000"),
                        hex(given),
                        hex("000000 123456"),
                        hex("33 4111111111111111D271210112345678 90"),
                        "TERM0001".getBytes(StandardCharsets.US_ASCII),
                        hex("0123456789ABCDEF"));

        byte[] found = covered(message);

        assertThat(value(found, 2)).isEqualTo(covered);
        assertThat(value(found, 11)).isEqualTo("123456");
        assertThat(value(found, 35)).matches("\\*{33}");
        assertThat(value(found, 41)).isEqualTo("TERM0001");
        assertThat(value(found, 52)).isEqualTo("2A".repeat(8));
    }

    @Test
    void what_is_covered_in_ebcdic_is_read_as_stars_there() {
        byte[] message =
                join(
                        "0200".getBytes(EBCDIC),
                        hex("6020000020800000"),
                        ASCII.substring(20).getBytes(EBCDIC));

        byte[] found = covered(message);

        assertThat(value(found, 2)).isEqualTo("411111******1111");
        assertThat(value(found, 35)).isEqualTo("*".repeat(32));
        assertThat(value(found, 41)).isEqualTo("TERM0001");
    }

    @Test
    void from_where_it_cannot_be_read_all_is_covered() {
        String longer = ASCII + "card 5500000000000004";
        assertThat(covered(longer))
                .startsWith(covered(ASCII))
                .endsWith("TERM0001" + "*".repeat(21));

        String broken = ASCII.replace("123456", "12x456");
        int from = broken.indexOf("12x456");
        assertThat(covered(broken))
                .isEqualTo(covered(ASCII).substring(0, from) + "*".repeat(ASCII.length() - from));
    }

    @Test
    void whatever_is_kept_of_packed_digits_shows_no_more() {
        byte[] message =
                join(
                        hex("0200 6020000020800000"),
                        hex("16 4111111111111111 000000 123456"),
                        hex("33 4111111111111111D271210112345678 90"),
                        "TERM0001".getBytes(StandardCharsets.US_ASCII));
        byte[] whole = covered(message);
        for (int kept = 1; kept <= message.length; kept++) {
            byte[] part = covered(Arrays.copyOf(message, kept));
            for (int i = 0; i < kept; i++) {
                assertThat(part[i]).as("%d of %d", i, kept).isIn((byte) '*', whole[i]);
            }
        }
    }

    /** Of each beginning, as a history keeps it, nothing is shown that is covered in the whole. */
    @Test
    void whatever_is_kept_of_it_shows_no_more() {
        String whole = covered(ASCII);
        for (int kept = 1; kept <= ASCII.length(); kept++) {
            String part = covered(ASCII.substring(0, kept));
            for (int i = 0; i < kept; i++) {
                assertThat(part.charAt(i)).as("%d of %s", i, part).isIn('*', whole.charAt(i));
            }
        }
    }

    /** Networks have elements of their own: what comes before them is read all the same. */
    @Test
    void before_an_element_of_a_network_only_what_is_named_is_covered() {
        byte[] head =
                join(
                        hex("0200 7220000020010000"), // 2 3 4 7 11 35 48
                        hex("16 4111111111111111 000000 000000010000 0301080000 123456"),
                        hex("33 4111111111111111D271210112345678 90"));

        byte[] covered = covered(join(head, hex("FFFF 4111111111111111")));

        Iso8583Message read = Iso8583Message.read(covered).orElseThrow();
        assertThat(read.part(2).map(Part::value)).hasValue("411111******1111");
        assertThat(read.part(4).map(Part::value)).hasValue("000000010000");
        assertThat(read.part(11).map(Part::value)).hasValue("123456");
        assertThat(Arrays.copyOfRange(covered, head.length, covered.length))
                .isEqualTo("*".repeat(10).getBytes(StandardCharsets.US_ASCII));
    }

    /** Headers of a length; the digits of the first are those of a message type as well. */
    @ParameterizedTest
    @CsvSource({
        "30313030, 100",
        "30323130, 210",
        "0064, 100",
        "000064, 100",
        "00000064, 100",
        "0064 0000, 100",
        "0066, 100",
        "0100, 100",
        "0100, 256",
        "0210, 528"
    })
    void behind_a_header_it_is_found_wherever_it_was_kept(String header, int length) {
        String end = "X".repeat(length - 79);
        String reply =
                "0210"
                        + "7230000002800002" // 2 3 4 7 11 12 39 41 63
                        + "164111111111111111"
                        + "000000"
                        + "000000010000"
                        + "0301080000"
                        + "123456"
                        + "090000"
                        + "00"
                        + "TERM0001"
                        + "%03d".formatted(end.length())
                        + end;
        byte[] bytes = join(hex(header), reply.getBytes(StandardCharsets.ISO_8859_1));
        byte[] expected =
                join(
                        hex(header),
                        reply.replace("4111111111111111", "411111******1111")
                                .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(covered(bytes)).isEqualTo(expected);
        assertThat(told(bytes)).isEqualTo(expected);
        assertThat(told(join(bytes, hex("03")))).isEqualTo(join(expected, hex("03")));
        for (int kept = 1; kept < bytes.length; kept++) {
            assertThat(new String(covered(Arrays.copyOf(bytes, kept)), StandardCharsets.ISO_8859_1))
                    .as("%d bytes", kept)
                    .doesNotContain("41111111");
            assertThat(new String(told(Arrays.copyOf(bytes, kept)), StandardCharsets.ISO_8859_1))
                    .matches("\\*+");
        }
    }

    /** What is left of a reply to a message. */
    private static byte[] told(byte[] reply) {
        ByteBuffer told =
                Masks.of(RULES)
                        .content(
                                "payments",
                                new MessageContent(
                                        "c.1",
                                        ByteBuffer.allocate(0),
                                        0,
                                        "UTF-8",
                                        ByteBuffer.wrap(reply)))
                        .acknowledgement();
        byte[] bytes = new byte[told.remaining()];
        told.get(bytes);
        return bytes;
    }

    @Test
    void behind_a_header_of_a_network_a_reply_is_shown_if_it_is_whole() {
        byte[] header = hex("16010200641234560000000000000000000000000000");
        byte[] message = ASCII.getBytes(StandardCharsets.ISO_8859_1);

        assertThat(new String(told(join(header, message)), StandardCharsets.ISO_8859_1))
                .endsWith(covered(ASCII));
        assertThat(new String(told(join(header, message, hex("00"))), StandardCharsets.ISO_8859_1))
                .matches("\\*+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello 4111111111111111", "{\"pan\": 1}", "0", "\u0000\u00ff"})
    void what_is_no_message_is_covered_wholly(String text) {
        assertThat(covered(text)).matches("\\*+");
    }

    @Test
    void errors_are_covered_by_other_rules() {
        Masks masks = Masks.of(RULES + ", pan");
        String error = "no account for 4111111111111111";

        assertThat(masks.text("payments", error)).isEqualTo("no account for 411111******1111");
        assertThat(Masks.of(RULES).text("payments", error)).isEqualTo(error);
    }
}
