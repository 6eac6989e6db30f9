package io.dermaga.dashboard.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class HexDumpTest {

    @Test
    void a_row_shows_offset_sixteen_bytes_and_what_is_printable() {
        assertThat(HexDump.of(ByteBuffer.wrap("MSH|^~\\&|LAB\r\n\0\u007f".getBytes(US_ASCII)), 100))
                .containsExactly(
                        new HexDump.Row(
                                "00000000",
                                "4d 53 48 7c 5e 7e 5c 26  7c 4c 41 42 0d 0a 00 7f",
                                "MSH|^~\\&|LAB...."));
    }

    @Test
    void a_short_row_is_padded_so_that_columns_stay_aligned() {
        var rows = HexDump.of(ByteBuffer.wrap(new byte[17]), 100);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).offset()).isEqualTo("00000010");
        assertThat(rows.get(1).hex()).hasSameSizeAs(rows.get(0).hex()).startsWith("00   ");
        assertThat(rows.get(1).ascii()).isEqualTo(".");
    }

    @Test
    void the_limit_cuts_in_the_middle_of_a_row() {
        assertThat(HexDump.of(ByteBuffer.wrap(new byte[100]), 20))
                .hasSize(2)
                .last()
                .satisfies(row -> assertThat(row.ascii()).isEqualTo("...."));
    }

    @Test
    void the_callers_buffer_keeps_its_position() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[40]);
        HexDump.of(bytes, 20);
        assertThat(bytes.remaining()).isEqualTo(40);
    }

    @Test
    void no_bytes_are_no_rows() {
        assertThat(HexDump.of(ByteBuffer.allocate(0), 20)).isEmpty();
    }
}
