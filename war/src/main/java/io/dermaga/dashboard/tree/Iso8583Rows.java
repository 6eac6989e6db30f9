package io.dermaga.dashboard.tree;

import io.dermaga.dashboard.tree.ContentTree.End;
import io.dermaga.dashboard.tree.ContentTree.Format;
import io.dermaga.dashboard.tree.Iso8583Bytes.Unreadable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an ISO 8583 message: its type, bitmaps, and the elements that they announce. How it is
 * written is tried, as nothing in it tells.
 */
final class Iso8583Rows {

    private static final String BASE24 = "ISO";
    private static final int BASE24_DIGITS = 9;
    private static final String TPDU = "`";
    private static final int TPDU_ADDRESSES = 4;

    /** Of each message there is a time or a number; one without is no message but looks like it. */
    private static final List<Integer> USUAL = List.of(7, 11);

    private final byte[] message;
    private final boolean whole;
    private final boolean expected;

    /**
     * @param whole whether that is all of it
     * @param expected whether it has to be one; else all of it must be readable
     */
    Iso8583Rows(byte[] message, boolean whole, boolean expected) {
        this.message = message;
        this.whole = whole;
        this.expected = expected;
    }

    /** Empty if it is none. */
    Optional<ContentTree> read() {
        return Iso8583Notation.ALL.stream()
                .map(notation -> new Attempt(notation, message).read())
                .filter(one -> expected ? one.isBegun() : whole && one.isWhole())
                .max(Comparator.comparingInt(Attempt::weight))
                .map(this::tree);
    }

    private ContentTree tree(Attempt attempt) {
        int unread = attempt.unread();
        if (unread == 0 && attempt.problem == null) {
            return new ContentTree(Format.ISO8583, attempt.rows.all(), null, null);
        }
        return !whole && attempt.problem != null && attempt.problem.isCut()
                ? new ContentTree(Format.ISO8583, attempt.rows.all(), End.CONTENT, null)
                : new ContentTree(Format.ISO8583, attempt.rows.all(), End.UNREAD, null, unread);
    }

    /** The message read in one notation. */
    private static final class Attempt {

        private final Iso8583Notation notation;
        private final Iso8583Bytes bytes;
        private final Rows rows = new Rows();
        private final List<Integer> announced = new ArrayList<>();
        private boolean begun;
        private @Nullable Unreadable problem;

        Attempt(Iso8583Notation notation, byte[] message) {
            this.notation = notation;
            this.bytes = new Iso8583Bytes(message, 0);
        }

        boolean isBegun() {
            return begun;
        }

        boolean isWhole() {
            return begun
                    && problem == null
                    && unread() == 0
                    && announced.stream().anyMatch(USUAL::contains);
        }

        int unread() {
            return bytes.remaining();
        }

        /** One that reads on further, or all, is the better one; the first of equal ones. */
        int weight() {
            return 2 * bytes.position() + (problem == null ? 1 : 0);
        }

        Attempt read() {
            int start = 0;
            try {
                header();
                String type = notation.type(bytes);
                String meaning = Iso8583Type.meaning(type).orElseThrow(Iso8583Bytes::malformed);
                row(0, "MTI", type, meaning + "; " + notation.name());
                bitmaps();
                begun = true;
                for (int number : announced) {
                    start = bytes.position();
                    element(number, Iso8583Type.isLater(type));
                }
            } catch (Unreadable unreadable) {
                problem = unreadable;
                bytes.back(start);
            }
            return this;
        }

        /** What some networks put before the message. */
        private void header() throws Unreadable {
            int start = bytes.position();
            if (bytes.skip(BASE24)) {
                row(
                        0,
                        "header",
                        BASE24 + bytes.digits(BASE24_DIGITS, notation.charset()),
                        "BASE24");
            } else if (bytes.skip(TPDU)) {
                row(0, "header", "60" + bytes.raw(TPDU_ADDRESSES), "TPDU");
            } else {
                bytes.back(start);
            }
        }

        private void bitmaps() throws Unreadable {
            String primary = bitmap(1);
            if (primary.charAt(0) >= '8') {
                bitmap(65);
            }
            if (announced.isEmpty()) {
                throw Iso8583Bytes.malformed();
            }
        }

        /** Notes which elements it announces; its first bit is not one of them. */
        private String bitmap(int first) throws Unreadable {
            String digits = notation.bitmap(bytes);
            long bits = HexFormat.fromHexDigitsToLong(digits);
            List<Integer> numbers = new ArrayList<>();
            for (int i = first == 1 ? 1 : 0; i < 64; i++) {
                if ((bits << i) < 0) {
                    numbers.add(first + i);
                }
            }
            announced.addAll(numbers);
            row(
                    0,
                    first == 1 ? "bitmap" : "bitmap 2",
                    digits,
                    numbers.stream().map(String::valueOf).collect(Collectors.joining(" ")));
            return digits;
        }

        private void element(int number, boolean isLater) throws Unreadable {
            Iso8583Element element =
                    Iso8583Element.of(number, isLater).orElseThrow(Iso8583Bytes::malformed);
            int size = notation.size(element, bytes);
            String value = notation.value(element, size, bytes);
            String length = element.isFixed() ? "" : ", " + size + " long";
            row(1, "DE " + number, value, element.name() + " (" + element.form() + length + ")");
        }

        private void row(int depth, String name, String value, String meaning) {
            rows.add(depth, name, value, meaning);
        }
    }
}
