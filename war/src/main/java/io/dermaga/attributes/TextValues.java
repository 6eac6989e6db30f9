package io.dermaga.attributes;

import io.dermaga.api.monitor.MessageContent;
import java.util.stream.Stream;

/** Finds values in a text. Thread-safe. */
sealed interface TextValues extends Values permits Hl7Values, JsonValues, PatternValues, XmlValues {

    /** The values, in their order; none if the text has another form. */
    Stream<String> in(String text);

    @Override
    default Stream<String> in(MessageContent content, String text) {
        return in(text);
    }
}
