package io.dermaga.engine.framing;

import org.jspecify.annotations.Nullable;

/**
 * Carbon's plaintext protocol (Graphite documentation, "Feeding In Your Data").
 *
 * <pre>
 *  bytes    61 2e 62 20 31 20 32 0a       payload  61 2e 62 20 31 20 32     a.b 1 2
 * </pre>
 *
 * Each line has a path, a value and a time, separated by white space; one that has not is discarded
 * and told of. Blank lines are no payloads.
 */
record Graphite(boolean keepEnvelope) implements Framing {

    @Override
    public String form() {
        return "graphite";
    }

    @Override
    public boolean isDelimited() {
        return true;
    }

    @Override
    public Scanner newScanner() {
        return new LineScanner(LineEnding.LF_OR_CRLF, keepEnvelope, new MetricCheck());
    }

    private static final class MetricCheck extends LineCheck {

        private int fields;
        private boolean inField;
        private boolean wrong;

        @Override
        void see(byte b) {
            boolean space = b == ' ' || b == '\t' || b == '\r';
            if (!space && !inField) {
                fields++;
            }
            inField = !space;
            boolean number = (b >= '+' && b <= '9' && b != '/') || isLetterOfNumber(b);
            wrong |= inField && fields > 1 && !number;
        }

        /** Of an exponent, {@code nan} or {@code inf}. */
        private static boolean isLetterOfNumber(byte b) {
            return "eEnNaAiIfFtTyY".indexOf(b) >= 0;
        }

        @Override
        @Nullable String verdict() {
            int seen = fields;
            boolean refused = wrong;
            fields = 0;
            inField = false;
            wrong = false;
            if (seen == 0) {
                return BLANK;
            }
            return seen == 3 && !refused ? null : "a path, a value and a time on each line";
        }
    }
}
