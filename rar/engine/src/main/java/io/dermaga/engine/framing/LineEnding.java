package io.dermaga.engine.framing;

import java.util.Locale;

/** What ends a line. */
enum LineEnding {
    /** LF, and a CR before it. */
    LF_OR_CRLF,
    /** LF; a CR is data. */
    LF,
    /** CRLF; an LF without CR is data. */
    CRLF,
    /** LF, CRLF or CR. */
    LENIENT;

    String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
