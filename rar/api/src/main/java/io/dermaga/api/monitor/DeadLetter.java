package io.dermaga.api.monitor;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A payload on which the bean failed {@code maxDeliveries} times, without its content. Texts are
 * escaped.
 *
 * @param id of the payload, and of a copy {@code .} and its group: letters, digits, {@code -},
 *     {@code _} and {@code .}, at most 120
 * @param listener that took it
 * @param activation the container's name of the activation whose bean failed
 * @param copy the group whose copy it is, where several are given each payload; empty: it was given
 *     to one bean
 * @param origin the connection that it came from
 * @param size of the payload as it was delivered, in bytes
 * @param charset name of its charset
 * @param firstByteAt when its first byte was read
 * @param failure of the bean
 * @param edited whether an operator has changed the content; the original is kept
 * @param replays what has become of it since
 */
public record DeadLetter(
        String id,
        String listener,
        String activation,
        String copy,
        Origin origin,
        long size,
        String charset,
        Instant firstByteAt,
        Failure failure,
        boolean edited,
        Replays replays) {

    /** The longest text of a dead letter, in characters. */
    public static final int MOST_CHARS = 16 * 1024;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,119}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\u[0-9a-f]{4}");
    private static final Pattern PARTICULAR =
            Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]+");
    private static final String END_OF_PREAMBLE = "': ";

    /**
     * A connection, as it was.
     *
     * @param connectionId its id
     * @param remoteAddress of the peer
     * @param localAddress of this side
     * @param openedAt when it was accepted
     * @param tlsPeer subject of the peer's certificate (RFC 2253); null if it has shown none
     */
    public record Origin(
            String connectionId,
            InetSocketAddress remoteAddress,
            InetSocketAddress localAddress,
            Instant openedAt,
            @Nullable String tlsPeer) {

        /**
         * @throws IllegalArgumentException DMG3209 if a text is too long
         */
        public Origin {
            bounded("connectionId", connectionId);
            bounded("tlsPeer", tlsPeer);
        }
    }

    /**
     * How the bean failed, or why it was not called.
     *
     * @param firstAt end of the first attempt
     * @param lastAt end of the last attempt
     * @param attempts how often the bean was called; 0 if the payload was larger than {@code
     *     maxPayload}
     * @param cause of the last failure, numbered, one sentence
     * @param stack of the last failure in lines; may be empty, and is but where one letter is asked
     *     for by its id
     */
    public record Failure(
            Instant firstAt, Instant lastAt, int attempts, String cause, String stack) {

        /**
         * @throws IllegalArgumentException DMG3209 if a text is too long, or attempts are negative
         */
        public Failure {
            check(attempts >= 0, "attempts", attempts, "0 and more");
            bounded("cause", cause);
            bounded("stack", stack);
        }
    }

    /**
     * What came of delivering it again. {@link #NONE}: nobody has tried.
     *
     * @param failed how often the bean failed on it once more
     * @param lastAt when the last of these ended; null if there was none
     * @param lastError numbered, one sentence; null if there was none
     */
    public record Replays(int failed, @Nullable Instant lastAt, @Nullable String lastError) {

        public static final Replays NONE = new Replays(0, null, null);

        /**
         * @throws IllegalArgumentException DMG3209 if the text is too long, or does not fit the
         *     count
         */
        public Replays {
            boolean any = failed > 0;
            check(failed >= 0, "replays", failed, "0 and more");
            check(any == (lastAt != null), "lastReplayAt", lastAt, "one if it was replayed");
            check(any == (lastError != null), "lastReplayError", lastError, "as lastReplayAt");
            bounded("lastReplayError", lastError);
        }

        /** One more that failed. */
        public Replays failedAgain(Instant at, String error) {
            return new Replays(failed + 1, at, error);
        }
    }

    /**
     * @throws IllegalArgumentException DMG3209 if the id has other characters, the size is
     *     negative, or a text is too long
     */
    public DeadLetter {
        check(
                isId(id),
                "id",
                id.length() > 120 ? id.length() + " characters" : id,
                "at most 120 letters, digits, '-', '_' and '.', a letter or digit first");
        check(size >= 0, "size", size, "0 and more bytes");
        bounded("listener", listener);
        bounded("activation", activation);
        bounded("copy", copy);
        bounded("charset", charset);
    }

    /** Whether this text could be the id of a dead letter. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The id of the payload. */
    public String payloadId() {
        String end = "." + copy;
        return copy.isEmpty() || !id.endsWith(end)
                ? id
                : id.substring(0, id.length() - end.length());
    }

    /**
     * The cause without what is particular to this payload, so that letters with the same fault
     * share it: what follows {@code "': "}, the words about payload, peer and listener; of that,
     * numbers and UUIDs as {@code #}, escapes as they are. For example {@code
     * IllegalStateException: order # is closed}.
     */
    public String fault() {
        String cause = failure.cause();
        int preamble = cause.indexOf(END_OF_PREAMBLE);
        return general(preamble < 0 ? cause : cause.substring(preamble + END_OF_PREAMBLE.length()));
    }

    /** Looks for a pattern only where it can begin: this is done to all letters for each page. */
    private static String general(String text) {
        Matcher escape = ESCAPE.matcher(text);
        Matcher particular = PARTICULAR.matcher(text);
        StringBuilder general = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean begins = (c >= '0' && c <= '9') || text.startsWith("-", i + 8);
            if (c == '\\' && escape.region(i, text.length()).lookingAt()) {
                general.append(text, i, escape.end());
                i = escape.end();
            } else if (begins && particular.region(i, text.length()).lookingAt()) {
                general.append('#');
                i = particular.end();
            } else {
                general.append(c);
                i++;
            }
        }
        return general.toString();
    }

    /** The same with another failure. */
    public DeadLetter withFailure(Failure other) {
        return new DeadLetter(
                id,
                listener,
                activation,
                copy,
                origin,
                size,
                charset,
                firstByteAt,
                other,
                edited,
                replays);
    }

    /** The same as it has become since it was kept. */
    public DeadLetter with(boolean nowEdited, Replays nowReplays) {
        return new DeadLetter(
                id,
                listener,
                activation,
                copy,
                origin,
                size,
                charset,
                firstByteAt,
                failure,
                nowEdited,
                nowReplays);
    }

    private static void bounded(String what, @Nullable String text) {
        int chars = text == null ? 0 : text.length();
        check(
                chars <= MOST_CHARS,
                what,
                chars + " characters",
                "at most " + MOST_CHARS + " characters");
    }

    private static void check(boolean good, String what, @Nullable Object given, String allowed) {
        if (!good) {
            throw new IllegalArgumentException(
                    "DMG3209 '%s' of a dead letter: given %s, allowed: %s"
                            .formatted(what, given, allowed));
        }
    }
}
