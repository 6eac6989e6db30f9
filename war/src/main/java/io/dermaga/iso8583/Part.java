package io.dermaga.iso8583;

/**
 * A part of a message: a header, its type, a bitmap or an element.
 *
 * @param number of the element; {@link #TYPE} for the type, {@link #OTHER} for a header or a bitmap
 * @param name as people have it, {@code DE 2} for example
 * @param value as it can be shown: digits and texts as they are, bytes as hex digits
 * @param meaning in words
 * @param place of the value in the message, without its length and without a sign
 */
public record Part(int number, String name, String value, String meaning, Place place) {

    /** The message type. */
    public static final int TYPE = 0;

    static final int OTHER = -1;

    /**
     * Bytes of a message.
     *
     * @param from the first one
     * @param to behind the last one
     * @param packed whether each has two digits
     * @param star the byte that is shown as a star there; one where two digits are packed is two
     */
    public record Place(int from, int to, boolean packed, byte star) {}

    public boolean isElement() {
        return number > TYPE;
    }
}
