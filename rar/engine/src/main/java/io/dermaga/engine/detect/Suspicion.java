package io.dermaga.engine.detect;

/**
 * What a peer seems to speak instead of what its listener expects.
 *
 * @param protocol in words, escaped
 * @param cure the setting that would take it, or what else to do
 */
public record Suspicion(String protocol, String cure) {

    private static final String TAKEN_WITH = "it would be taken with ";
    private static final String FRAMING = TAKEN_WITH + "framing=";

    /** One that a setting would take. */
    static Suspicion takenWith(String protocol, String setting) {
        return new Suspicion(protocol, TAKEN_WITH + setting);
    }

    /** One of a protocol that no setting takes. */
    static Suspicion foreign(String protocol) {
        return foreign(protocol, "the peer means another port");
    }

    static Suspicion foreign(String protocol, String advice) {
        return new Suspicion(protocol, "no setting takes it: " + advice);
    }

    /** The same of bytes that the framing takes nevertheless, perhaps on purpose. */
    Suspicion takenBy(String framing) {
        return new Suspicion(
                protocol,
                "framing '%s' takes it as it is; if that is not meant, %s"
                        .formatted(framing, cure));
    }

    /** Whether a framing would take it. */
    public boolean isFraming() {
        return cure.startsWith(FRAMING);
    }

    /**
     * Whether this framing would take it.
     *
     * @param form as it is written in a setting
     */
    public boolean isTakenBy(String form) {
        return cure.equals(FRAMING + form);
    }

    /** Both, as the end of a sentence that begins with the connection. */
    public String text() {
        return "seems to speak " + protocol + "; " + cure;
    }
}
