package io.dermaga.attributes;

import io.dermaga.api.monitor.MessageContent;
import java.util.stream.Stream;

/** Finds values in a content. Thread-safe. */
sealed interface Values permits TextValues, Iso8583Values {

    /**
     * The values, in their order; none if the content has another form.
     *
     * @param text of the content
     */
    Stream<String> in(MessageContent content, String text);
}
