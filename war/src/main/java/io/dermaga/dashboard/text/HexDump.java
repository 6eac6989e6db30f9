package io.dermaga.dashboard.text;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Bytes in rows of sixteen: offset, hexadecimal, and the printable ASCII among them. */
public final class HexDump {

    private static final int WIDTH = 16;
    private static final HexFormat HEX = HexFormat.of();

    private HexDump() {}

    /**
     * One row.
     *
     * @param offset of its first byte, eight digits
     * @param hex two groups of eight bytes, padded to full width
     * @param ascii printable ASCII; a dot for every other byte
     */
    public record Row(String offset, String hex, String ascii) {}

    /** The rows of the first {@code limit} bytes. */
    public static List<Row> of(ByteBuffer bytes, int limit) {
        ByteBuffer rest = bytes.duplicate();
        rest.limit(rest.position() + Math.min(limit, rest.remaining()));
        List<Row> rows = new ArrayList<>(rest.remaining() / WIDTH + 1);
        for (int offset = 0; rest.hasRemaining(); offset += WIDTH) {
            byte[] row = new byte[Math.min(WIDTH, rest.remaining())];
            rest.get(row);
            rows.add(new Row(HEX.toHexDigits(offset), hex(row), ascii(row, 0, row.length)));
        }
        return rows;
    }

    private static String hex(byte[] row) {
        StringBuilder hex = new StringBuilder(WIDTH * 3 + 1);
        for (int i = 0; i < WIDTH; i++) {
            hex.append(i == 0 ? "" : i == WIDTH / 2 ? "  " : " ");
            hex.append(i < row.length ? HEX.toHexDigits(row[i]) : "  ");
        }
        return hex.toString();
    }

    /** Printable ASCII of a range, and a dot for every other byte. */
    public static String ascii(byte[] bytes, int from, int to) {
        StringBuilder ascii = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            ascii.append(bytes[i] >= 0x20 && bytes[i] < 0x7F ? (char) bytes[i] : '.');
        }
        return ascii.toString();
    }
}
