package io.dermaga.masking;

import io.dermaga.iso8583.Iso8583Message;
import io.dermaga.iso8583.Part.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Elements of ISO 8583, in each notation: of a card number the first six and the last four digits
 * stay (PCI DSS 3.4.1), of others nothing. What cannot be read is covered, as nobody knows what it
 * is.
 *
 * @param elements their numbers
 */
record Iso8583Mask(Set<Integer> elements) implements Mask {

    private static final int CARD_NUMBER = 2;
    private static final int SHORTEST = 13;
    private static final int FIRST = 6;
    private static final int LAST = 4;
    private static final int PER_BYTE = 2;

    private static final byte ETX = 3;

    /** Bytes of a header that tells a length. */
    private static final int MOST_LENGTH_HEADER = 4;

    /** Bytes of any header. */
    private static final int MOST_HEADER = 32;

    private static final int MOST_LENGTH = 1 << 20;

    /** A message behind so many bytes. */
    private record Found(int offset, Iso8583Message message) {}

    Iso8583Mask {
        elements = Set.copyOf(elements);
    }

    /**
     * Reads numbers of elements, separated by commas.
     *
     * @throws IllegalArgumentException if there are no such elements
     */
    static Iso8583Mask of(String numbers) {
        Set<Integer> elements = new TreeSet<>();
        for (String number : numbers.split(",", -1)) {
            elements.add(Iso8583Message.elementNumber(number.strip()));
        }
        return new Iso8583Mask(elements);
    }

    @Override
    public String apply(String text) {
        return text; // one that tells of a message is none
    }

    @Override
    public byte[] apply(byte[] content) {
        List<Found> found = whole(content, MOST_LENGTH_HEADER);
        if (found.isEmpty()) {
            found =
                    IntStream.rangeClosed(0, MOST_LENGTH_HEADER)
                            .filter(offset -> isHeader(content, offset))
                            .boxed()
                            .flatMap(offset -> begun(content, offset))
                            .toList();
        }
        int unread =
                found.stream().mapToInt(one -> one.message.unread()).max().orElse(content.length);
        return covered(content, found, unread);
    }

    /** Only what is one for certain is shown: a bean puts any header before what it replies. */
    @Override
    public byte[] applyToReply(byte[] reply) {
        List<Found> found = whole(reply, MOST_HEADER);
        return covered(reply, found, found.isEmpty() ? reply.length : 0);
    }

    private byte[] covered(byte[] bytes, List<Found> found, int unread) {
        byte[] covered = bytes.clone();
        for (Found one : found) {
            for (int number : elements) {
                one.message
                        .part(number)
                        .ifPresent(part -> cover(number, part.place(), one.offset, covered));
            }
        }
        Arrays.fill(covered, covered.length - unread, covered.length, (byte) COVER);
        return covered;
    }

    /** All that are one from behind a header to the end, or to an ETX. */
    private static List<Found> whole(byte[] bytes, int mostHeader) {
        int end = bytes.length > 0 && bytes[bytes.length - 1] == ETX ? 1 : 0;
        return IntStream.rangeClosed(0, Math.min(mostHeader, bytes.length - end))
                .boxed()
                .flatMap(
                        offset ->
                                Iso8583Message.recognized(
                                        Arrays.copyOfRange(bytes, offset, bytes.length - end))
                                        .map(message -> new Found(offset, message))
                                        .stream())
                .toList();
    }

    private static Stream<Found> begun(byte[] bytes, int offset) {
        return Iso8583Message.readings(Arrays.copyOfRange(bytes, offset, bytes.length)).stream()
                .map(message -> new Found(offset, message));
    }

    /** Whether the first bytes may tell a length: that of the rest, or of more that is not kept. */
    private static boolean isHeader(byte[] bytes, int length) {
        if (length == 0) {
            return true;
        }
        if (length < 2 || bytes.length < length) {
            return false;
        }
        int least = bytes.length - 2 * length;
        String digits = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        String packed = HexFormat.of().formatHex(bytes, 0, length);
        return Stream.of(digits, packed)
                .filter(text -> text.matches("[0-9A-Fa-f]{4,8}"))
                .flatMapToLong(
                        text ->
                                text.matches("[0-9]{4}")
                                        ? LongStream.of(
                                                Long.parseLong(text), Long.parseLong(text, 16))
                                        : LongStream.of(Long.parseLong(text, 16)))
                .anyMatch(value -> value >= least && value <= MOST_LENGTH);
    }

    private static void cover(int number, Place place, int offset, byte[] covered) {
        int perByte = place.packed() ? PER_BYTE : 1;
        boolean isCard = number == CARD_NUMBER && (place.to() - place.from()) * perByte >= SHORTEST;
        Arrays.fill(
                covered,
                offset + place.from() + (isCard ? FIRST / perByte : 0),
                offset + place.to() - (isCard ? LAST / perByte : 0),
                place.star());
    }
}
