package io.dermaga.engine.settings;

import org.jspecify.annotations.Nullable;

/** What settings need to know of framings, told by the framing room. */
public interface FramingRules {

    /** What is allowed, if the text is no framing; null if it is one. */
    @Nullable String problem(String text);

    /** Whether payloads end with a delimiter, for which the end of the stream could stand. */
    boolean isDelimited(String text);

    /** Whether payloads may be HL7 v2 messages: true of a text that is no framing. */
    boolean carriesHl7(String text);
}
