package io.dermaga.attributes;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.iso8583.Iso8583Message;
import io.dermaga.iso8583.Part;
import java.nio.ByteBuffer;
import java.util.stream.Stream;

/**
 * An element of ISO 8583, in each notation.
 *
 * @param number of the element; {@link Part#TYPE} for the message type
 */
record Iso8583Values(int number) implements Values {

    private static final String TYPE = "MTI";

    /**
     * Reads the written form: {@code 37}, or {@code MTI}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Iso8583Values of(String text) {
        return new Iso8583Values(
                text.equals(TYPE) ? Part.TYPE : Iso8583Message.elementNumber(text));
    }

    @Override
    public Stream<String> in(MessageContent content, String text) {
        ByteBuffer head = content.head();
        byte[] bytes = new byte[head.remaining()];
        head.get(bytes);
        return Iso8583Message.read(bytes)
                .flatMap(message -> message.part(number))
                .map(Part::value)
                .stream();
    }
}
