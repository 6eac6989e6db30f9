package io.dermaga.attributes;

import java.util.stream.Stream;

/** Finds values in a content. Thread-safe. */
sealed interface Values permits Hl7Values, JsonValues, PatternValues, XmlValues {

    /** The values, in their order; none if the text has another form. */
    Stream<String> in(String text);
}
