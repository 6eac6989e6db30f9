package io.dermaga.engine.reply;

/** The beginning of a payload, for answers that depend on it. */
@FunctionalInterface
public interface PayloadHead {

    /** Of a payload that is not there any more. */
    PayloadHead LOST = most -> new byte[0];

    /** A copy of the first bytes: so many, or all if there are less. */
    byte[] first(int most);
}
