package io.dermaga.engine.settings;

/** What happens to a last payload whose delimiter is missing when the peer ends orderly. */
public enum OnIncomplete {
    /** It is discarded and told of. */
    DISCARD,
    /** It is delivered: the end stands for the delimiter. */
    DELIVER
}
