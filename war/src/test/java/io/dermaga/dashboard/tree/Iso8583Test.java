package io.dermaga.dashboard.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.dashboard.tree.ContentTree.End;
import io.dermaga.dashboard.tree.ContentTree.Format;
import io.dermaga.dashboard.tree.ContentTree.Row;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees of ISO 8583 messages. */
class Iso8583Test {

    /** Elements 2 3 4 7 11 12 13 14 22 35 37 41 42 49. */
    private static final String AUTHORIZATION =
            "0100"
                    + "723C040028C08000"
                    + "16"
                    + "4111111111111111"
                    + "000000"
                    + "000000010000"
                    + "0301080000"
                    + "123456"
                    + "090000"
                    + "0301"
                    + "2712"
                    + "051"
                    + "32"
                    + "4111111111111111=271210112345678"
                    + "000012345678"
                    + "TERM0001"
                    + "MERCHANT 000001"
                    + "978";

    /** Elements 7 11 70. */
    private static final String ECHO =
            "0800" + "8220000000000000" + "0400000000000000" + "0301080000" + "000001" + "301";

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static Optional<ContentTree> guessed(byte[] message) {
        return ContentTree.of(ByteBuffer.wrap(message), true, "UTF-8");
    }

    private static ContentTree expected(byte[] message, boolean whole) {
        return ContentTree.of(ByteBuffer.wrap(message), whole, "UTF-8", true).orElseThrow();
    }

    private static Row row(ContentTree tree, String name) {
        return tree.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " in " + tree));
    }

    private static void assertWhole(ContentTree tree) {
        assertThat(tree.format()).isEqualTo(Format.ISO8583);
        assertThat(tree.end()).as("%s", tree).isNull();
    }

    @Test
    void an_authorization_is_told_element_by_element() {
        ContentTree tree = guessed(ascii(AUTHORIZATION)).orElseThrow();

        assertWhole(tree);
        assertThat(tree.rows())
                .startsWith(
                        new Row(
                                0,
                                "MTI",
                                "0100",
                                "Authorization, request (acquirer), ISO 8583:1987; ASCII, bitmap in hex"),
                        new Row(
                                0,
                                "bitmap",
                                "723C040028C08000",
                                "2 3 4 7 11 12 13 14 22 35 37 41 42 49"),
                        new Row(
                                1,
                                "DE 2",
                                "4111111111111111",
                                "Primary account number (n ..19, 16 long)"),
                        new Row(1, "DE 3", "000000", "Processing code (n 6)"))
                .hasSize(16);
        assertThat(row(tree, "DE 35").value()).isEqualTo("4111111111111111=271210112345678");
        assertThat(row(tree, "DE 42").value()).isEqualTo("MERCHANT 000001");
    }

    @Test
    void a_second_bitmap_announces_elements_from_65_on() {
        ContentTree tree = guessed(ascii(ECHO)).orElseThrow();

        assertWhole(tree);
        assertThat(row(tree, "MTI").meaning()).startsWith("Network management, request");
        assertThat(row(tree, "bitmap").meaning()).isEqualTo("7 11");
        assertThat(row(tree, "bitmap 2").meaning()).isEqualTo("70");
        assertThat(row(tree, "DE 70").value()).isEqualTo("301");
    }

    @Test
    void what_is_masked_is_told_with_its_stars() {
        ContentTree tree =
                guessed(ascii(AUTHORIZATION.replace("4111111111111111", "411111******1111")))
                        .orElseThrow();

        assertWhole(tree);
        assertThat(row(tree, "DE 2").value()).isEqualTo("411111******1111");
        assertThat(row(tree, "DE 35").value()).isEqualTo("411111******1111=271210112345678");
    }

    /** The same financial request: elements 2 3 4 7 11 37 39 41 52. */
    @ParameterizedTest
    @CsvSource({
        "ASCII bitmap in hex, true, true",
        "ASCII bitmap in hex other bytes as they are, true, false",
        "ASCII bitmap binary, false, false"
    })
    void bitmaps_and_bytes_may_be_hex_or_not(String name, boolean hexBitmap, boolean hexBytes) {
        String bitmap = "722000000A801000";
        String pin = "0123456789ABCDEF";
        byte[] message =
                join(
                        ascii("0200"),
                        hexBitmap ? ascii(bitmap) : hex(bitmap),
                        ascii("164111111111111111000000000000010000" + "0301080000" + "123456"),
                        ascii("000012345678" + "00" + "TERM0001"),
                        hexBytes ? ascii(pin) : hex(pin));

        ContentTree tree = guessed(message).orElseThrow();
        assertWhole(tree);
        assertThat(row(tree, "MTI").meaning().replace(",", "")).endsWith("; " + name);
        assertThat(row(tree, "DE 52").value()).isEqualTo(pin);
        assertThat(row(tree, "DE 39").value()).isEqualTo("00");
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer all =
                ByteBuffer.allocate(Arrays.stream(parts).mapToInt(one -> one.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    /** Elements 2 3 4 7 11 22 24 25 35 41 42 60; with and without the header of a terminal. */
    @ParameterizedTest
    @ValueSource(strings = {"", "60 0003 0000"})
    void a_packed_message_of_a_terminal_is_told(String header) {
        byte[] message =
                join(
                        hex(header),
                        hex("0200 7220058020C00010"),
                        hex("16 4111111111111111 000000 000000010000 0301080000 123456"),
                        hex("0051 0003 00"),
                        hex("33 4111111111111111D271210112345678 90"),
                        ascii("TERM0001MERCHANT 000001"),
                        hex("0006"),
                        ascii("000012"));

        ContentTree tree = guessed(message).orElseThrow();
        assertWhole(tree);
        assertThat(row(tree, "MTI").meaning()).endsWith("; BCD, texts in ASCII");
        assertThat(row(tree, "DE 22").value()).isEqualTo("051");
        assertThat(row(tree, "DE 35").value()).isEqualTo("4111111111111111=2712101123456789");
        assertThat(row(tree, "DE 60").value()).isEqualTo("000012");
        assertThat(tree.rows().get(0).name()).isEqualTo(header.isEmpty() ? "MTI" : "header");
    }

    @Test
    void a_message_in_ebcdic_is_told() {
        byte[] message =
                join(
                        "0110".getBytes(Charset.forName("IBM037")),
                        hex("0220000002800000"),
                        "0301080000123456".getBytes(Charset.forName("IBM037")),
                        "00TERM0001".getBytes(Charset.forName("IBM037")));
        ContentTree tree = guessed(message).orElseThrow();

        assertWhole(tree);
        assertThat(row(tree, "MTI").meaning()).contains("response to a request", "EBCDIC");
        assertThat(row(tree, "DE 41").value()).isEqualTo("TERM0001");
    }

    @Test
    void later_versions_have_other_elements() {
        // 7 11 12 22 24
        ContentTree tree =
                guessed(
                                ascii(
                                        "1804"
                                                + "0230050000000000"
                                                + "0301080000123456260301090000"
                                                + "A00101A00140801"))
                        .orElseThrow();

        assertWhole(tree);
        assertThat(row(tree, "MTI").meaning()).contains("ISO 8583:1993", "request (other)");
        assertThat(row(tree, "DE 12").value()).isEqualTo("260301090000");
        assertThat(row(tree, "DE 22").value()).isEqualTo("A00101A00140");
    }

    @Test
    void a_header_of_base24_is_told() {
        ContentTree tree = guessed(ascii("ISO026000070" + ECHO)).orElseThrow();

        assertWhole(tree);
        assertThat(tree.rows().get(0).value()).isEqualTo("ISO026000070");
    }

    @Test
    void data_of_a_chip_is_hex_where_it_is_no_text() {
        byte[] message =
                join(
                        ascii("0100"),
                        hex("0220000000000200"),
                        ascii("0301080000123456"),
                        ascii("009"),
                        hex("9F2701809F36020001"));
        ContentTree tree = guessed(message).orElseThrow();

        assertWhole(tree);
        assertThat(row(tree, "DE 55").value()).isEqualTo("9F2701809F36020001");
        assertThat(row(tree, "DE 55").meaning()).contains("9 long");
    }

    @Test
    void what_cannot_be_read_is_counted_and_what_can_is_shown() {
        byte[] message = ascii(AUTHORIZATION.replace("051324111", "05x324111"));
        assertThat(guessed(message)).isEmpty();

        ContentTree tree = expected(message, true);
        assertThat(tree.end()).isEqualTo(End.UNREAD);
        assertThat(tree.rows().get(tree.rows().size() - 1).name()).isEqualTo("DE 14");
        assertThat(tree.unread())
                .isEqualTo(AUTHORIZATION.length() - AUTHORIZATION.indexOf("05132"));

        ContentTree shorter =
                expected(ascii(AUTHORIZATION.substring(0, AUTHORIZATION.length() - 3)), true);
        assertThat(shorter.end()).isEqualTo(End.UNREAD);
        assertThat(shorter.unread()).isZero();

        ContentTree longer = expected(ascii(AUTHORIZATION + "\u0003x"), true);
        assertThat(longer.end()).isEqualTo(End.UNREAD);
        assertThat(longer.unread()).isEqualTo(2);
        assertThat(row(longer, "DE 49").value()).isEqualTo("978");
    }

    @Test
    void what_is_cut_ends_where_it_was_cut() {
        for (int kept = 20; kept < AUTHORIZATION.length(); kept++) {
            byte[] part = ascii(AUTHORIZATION.substring(0, kept));
            assertThat(guessed(part)).as("%d", kept).isEmpty();
            ContentTree cut = expected(part, false);
            assertThat(cut.end()).as("%d %s", kept, cut).isEqualTo(End.CONTENT);
            ContentTree ended = expected(part, true);
            assertThat(ended.end()).isEqualTo(End.UNREAD);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0100",
                "01000000000000000000",
                "0100FFFFFFFFFFFFFFFF",
                "0900022000000000000003010800001234567",
                "0100202603010800001234567890",
                "20260301080000123456789012345678901234567890",
                "0100 this is only a text that begins with digits",
                "ISO",
                "`",
                "`0100"
            })
    void what_only_looks_like_one_is_none(String text) {
        assertThat(guessed(ascii(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100 0000 0000 0000 0001 FFFFFFFFFFFFFFFF", // a type, a bitmap, and eight bytes
                "0000 0000 0006 0103 0000 000A", // Modbus
                "0100 0000 00CD 0001 0000 414E592D53435020 2020202020202020", // DICOM
                "0000 0010 0000 0015 0000 0000 0000 0001" // SMPP
            })
    void neither_are_other_binary_protocols(String digits) {
        assertThat(guessed(hex(digits))).isEmpty();
    }

    @Test
    void a_listener_of_such_messages_may_be_sent_anything() {
        assertThat(ContentTree.of(ByteBuffer.wrap(ascii("paid by card")), true, "UTF-8", true))
                .isEmpty();
        assertThat(
                        ContentTree.of(ByteBuffer.wrap(ascii("[1]")), true, "UTF-8", true)
                                .orElseThrow()
                                .format())
                .isEqualTo(Format.JSON);
    }

    @Test
    void lengths_that_lie_end_the_tree() {
        for (String lie : List.of("20", "99", "-1", "1*", "x1", "00")) {
            byte[] message = ascii("0100" + "4220000000000000" + lie + "411111");
            ContentTree tree = expected(message, true);
            assertThat(tree.end()).as(lie).isEqualTo(End.UNREAD);
        }
    }

    @Test
    void whatever_comes_harms_nobody() {
        Random random = new Random(8583);
        byte[][] begins = {
            ascii("0100"),
            ascii("0200FFFFFFFFFFFFFFFF"),
            hex("0200"),
            hex("6000030000 0100"),
            ascii("ISO")
        };
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            byte[] message = join(begins[i % begins.length], noise);
            assertThat(guessed(message)).as(HexFormat.of().formatHex(message)).isEmpty();
            ContentTree.of(ByteBuffer.wrap(message), i % 2 == 0, "UTF-8", true)
                    .ifPresent(
                            tree -> {
                                assertThat(tree.rows()).hasSizeLessThan(135);
                                assertThat(tree.unread()).isLessThanOrEqualTo(message.length);
                            });
        }
    }
}
