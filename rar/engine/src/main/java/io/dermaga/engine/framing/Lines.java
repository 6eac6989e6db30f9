package io.dermaga.engine.framing;

/**
 * Lines; the ending is not part of the payload.
 *
 * <pre>
 *  lines            LF or CRLF     61 62 0d 0a 63 0a 0a 64   payloads  61 62 | 63 | (empty) | incomplete: 64
 *  lines(lf)        LF alone       61 0d 0a                  payloads  61 0d
 *  lines(crlf)      CRLF alone     61 0a 62 0d 0a            payloads  61 0a 62
 *  lines(lenient)   LF, CRLF, CR   61 0d 62 0d 0a            payloads  61 | 62
 * </pre>
 *
 * A last line without an ending is incomplete. With {@code lenient} a line that ends in CR is
 * complete at once: an LF that follows is taken off when it comes.
 */
record Lines(LineEnding ending, boolean keepEnvelope) implements Framing {

    static Lines of(Form form, Catalog.Terms terms) {
        LineEnding ending = LineEnding.LF_OR_CRLF;
        for (LineEnding one : LineEnding.values()) {
            if (one != LineEnding.LF_OR_CRLF && form.flag(one.written())) {
                ending = one;
                break;
            }
        }
        return new Lines(ending, terms.keepEnvelope());
    }

    @Override
    public String form() {
        return ending == LineEnding.LF_OR_CRLF ? "lines" : "lines(" + ending.written() + ")";
    }

    @Override
    public boolean isDelimited() {
        return true;
    }

    @Override
    public Scanner newScanner() {
        return new LineScanner(ending, keepEnvelope, null);
    }
}
