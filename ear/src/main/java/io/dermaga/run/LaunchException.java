package io.dermaga.run;

/**
 * Why the server cannot run: one sentence with a number, for a person. It has no stack trace, as
 * none would help that person.
 */
public final class LaunchException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A reason.
     *
     * @param sentence begins with its number, as in {@code DMG5001 port 8080 …}
     */
    public LaunchException(String sentence) {
        super(sentence, null, false, false);
    }
}
