package io.dermaga.masking;

import io.dermaga.iso8583.Iso8583Message;
import io.dermaga.iso8583.Part.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
        byte[] covered = content.clone();
        List<Iso8583Message> readings = Iso8583Message.readings(content);
        readings.forEach(message -> cover(message, covered));
        int unread =
                readings.stream().mapToInt(Iso8583Message::unread).max().orElse(content.length);
        Arrays.fill(covered, covered.length - unread, covered.length, (byte) COVER);
        return covered;
    }

    private void cover(Iso8583Message message, byte[] covered) {
        for (int number : elements) {
            message.part(number).ifPresent(part -> cover(number, part.place(), covered));
        }
    }

    private static void cover(int number, Place place, byte[] covered) {
        int perByte = place.packed() ? PER_BYTE : 1;
        boolean isCard = number == CARD_NUMBER && (place.to() - place.from()) * perByte >= SHORTEST;
        Arrays.fill(
                covered,
                place.from() + (isCard ? FIRST / perByte : 0),
                place.to() - (isCard ? LAST / perByte : 0),
                place.star());
    }
}
