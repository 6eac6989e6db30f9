package io.dermaga.iso8583;

import io.dermaga.iso8583.MessageBytes.Unreadable;
import io.dermaga.iso8583.Part.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A message: its type, bitmaps, and the elements that they announce (ISO 8583:1987, 1993, 2003).
 * How it is written is tried, as nothing in it tells.
 *
 * @param parts in their order, as far as they could be read
 * @param unread how many bytes follow the last one
 * @param complete whether all announced elements are there
 * @param cut whether it ends within an element
 */
public record Iso8583Message(List<Part> parts, int unread, boolean complete, boolean cut) {

    private static final String BASE24 = "ISO";
    private static final int BASE24_DIGITS = 9;
    private static final String TPDU = "`";
    private static final int TPDU_ADDRESSES = 4;

    /** So many parts that another notation finds are not there by chance. */
    private static final int MANY = 4;

    /** Of each message there is a time or a number; one without is no message but looks like it. */
    private static final List<Integer> USUAL = List.of(7, 11);

    public Iso8583Message {
        parts = List.copyOf(parts);
    }

    /**
     * The number of an element, as it is written in a rule.
     *
     * @throws IllegalArgumentException if there is no such element, 2 to 128
     */
    public static int elementNumber(String digits) {
        if (!digits.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("no element of ISO 8583: " + digits);
        }
        int number = Integer.parseInt(digits);
        if (Element.of(number, true).isEmpty()) {
            throw new IllegalArgumentException("no element of ISO 8583: " + digits);
        }
        return number;
    }

    /** A message where one is expected, or its beginning; empty if type or bitmaps are none. */
    public static Optional<Iso8583Message> read(byte[] bytes) {
        return readings(bytes).stream().findFirst();
    }

    /**
     * As what a message can be read, the likeliest first: one reading if it is one from its first
     * to its last byte, else all that may be meant; none if type or bitmaps are none.
     */
    public static List<Iso8583Message> readings(byte[] bytes) {
        List<Attempt> begun =
                Notation.ALL.stream()
                        .map(notation -> new Attempt(notation, bytes).read())
                        .filter(attempt -> attempt.begun)
                        .toList();
        // hex digits could be bits as well, but bits are not sixteen hex digits by chance
        boolean isHex = begun.stream().anyMatch(attempt -> attempt.notation.hexBitmap());
        List<Attempt> likely =
                begun.stream()
                        .filter(attempt -> attempt.notation.hexBitmap() == isHex)
                        .sorted(Comparator.comparingInt(Attempt::weight).reversed())
                        .toList();
        if (likely.isEmpty() || likely.get(0).isWhole()) {
            return likely.stream().limit(1).map(Attempt::message).toList();
        }
        int most = likely.stream().mapToInt(attempt -> attempt.parts.size()).max().orElse(0);
        return likely.stream()
                .filter(attempt -> attempt == likely.get(0) || !attempt.isRefuted(most))
                .map(Attempt::message)
                .toList();
    }

    /** A message that is one from its first to its last byte, and has an element that all have. */
    public static Optional<Iso8583Message> recognized(byte[] bytes) {
        return read(bytes).filter(message -> message.isWhole() && message.isUsual());
    }

    /** The element of this number, or the type with {@link Part#TYPE}. */
    public Optional<Part> part(int number) {
        return parts.stream().filter(part -> part.number() == number).findFirst();
    }

    /** Whether nothing is missing, and nothing is left. */
    public boolean isWhole() {
        return complete && unread == 0;
    }

    private boolean isUsual() {
        return USUAL.stream().anyMatch(number -> part(number).isPresent());
    }

    /** The message read in one notation. */
    private static final class Attempt {

        private final Notation notation;
        private final MessageBytes bytes;
        private final List<Part> parts = new ArrayList<>();
        private final List<Integer> announced = new ArrayList<>();
        private boolean begun;
        private @Nullable Unreadable problem;

        Attempt(Notation notation, byte[] message) {
            this.notation = notation;
            this.bytes = new MessageBytes(message, 0);
        }

        boolean isWhole() {
            return problem == null && bytes.remaining() == 0;
        }

        /** Whether it ends so early, beside one that has found most parts, that it is not meant. */
        boolean isRefuted(int most) {
            return problem != null && !problem.isCut() && parts.size() + MANY <= most;
        }

        /** One that reads on further, or all, is the better one; the first of equal ones. */
        int weight() {
            return 2 * bytes.position() + (problem == null ? 1 : 0);
        }

        Iso8583Message message() {
            return new Iso8583Message(
                    parts, bytes.remaining(), problem == null, problem != null && problem.isCut());
        }

        Attempt read() {
            int start = 0;
            try {
                header();
                int from = bytes.position();
                String type = notation.type(bytes);
                String meaning = MessageType.meaning(type).orElseThrow(MessageBytes::malformed);
                add(Part.TYPE, "MTI", type, meaning + "; " + notation.name(), from);
                bitmaps();
                begun = true;
                for (int number : announced) {
                    start = bytes.position();
                    element(number, MessageType.isLater(type));
                }
            } catch (Unreadable unreadable) {
                problem = unreadable;
                bytes.back(start);
            }
            return this;
        }

        /** What some networks put before the message. */
        private void header() throws Unreadable {
            if (bytes.skip(BASE24)) {
                String digits = bytes.digits(BASE24_DIGITS, notation.charset());
                add(Part.OTHER, "header", BASE24 + digits, "BASE24", 0);
            } else if (bytes.skip(TPDU)) {
                add(Part.OTHER, "header", "60" + bytes.raw(TPDU_ADDRESSES), "TPDU", 0);
            }
        }

        private void bitmaps() throws Unreadable {
            String primary = bitmap(1);
            if (primary.charAt(0) >= '8') {
                bitmap(65);
            }
            if (announced.isEmpty()) {
                throw MessageBytes.malformed();
            }
        }

        /** Notes which elements it announces; its first bit is not one of them. */
        private String bitmap(int first) throws Unreadable {
            int from = bytes.position();
            String digits = notation.bitmap(bytes);
            long bits = HexFormat.fromHexDigitsToLong(digits);
            List<Integer> numbers = new ArrayList<>();
            for (int i = first == 1 ? 1 : 0; i < 64; i++) {
                if ((bits << i) < 0) {
                    numbers.add(first + i);
                }
            }
            announced.addAll(numbers);
            add(
                    Part.OTHER,
                    first == 1 ? "bitmap" : "bitmap 2",
                    digits,
                    numbers.stream().map(String::valueOf).collect(Collectors.joining(" ")),
                    from);
            return digits;
        }

        private void element(int number, boolean isLater) throws Unreadable {
            Element element = Element.of(number, isLater).orElseThrow(MessageBytes::malformed);
            int size = notation.size(element, bytes);
            int from = bytes.position();
            String value = notation.value(element, size, bytes);
            int sign = element.kind() == Element.Kind.XN ? 1 : 0;
            String length = element.isFixed() ? "" : ", " + size + " long";
            parts.add(
                    new Part(
                            number,
                            "DE " + number,
                            value,
                            element.name() + " (" + element.form() + length + ")",
                            new Place(
                                    from + sign,
                                    bytes.position(),
                                    notation.isPacked(element),
                                    notation.star(element))));
        }

        private void add(int number, String name, String value, String meaning, int from) {
            Place place = new Place(from, bytes.position(), false, (byte) '*');
            parts.add(new Part(number, name, value, meaning, place));
        }
    }
}
