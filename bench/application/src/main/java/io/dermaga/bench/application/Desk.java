package io.dermaga.bench.application;

import io.dermaga.api.Payload;
import io.dermaga.bench.payload.Answer;
import io.dermaga.bench.payload.Ascending;
import io.dermaga.bench.payload.Ledger;

/** Where all beans bring what they take. */
final class Desk {

    /** Larger ones are read as a stream, as the manual says. */
    private static final int LARGE_BYTES = 16 * 1024;

    static final Ledger LEDGER = new Ledger();

    private Desk() {}

    /** Reads a payload. */
    static void take(Payload payload) {
        if (payload.size() > LARGE_BYTES) {
            LEDGER.verify(new Ascending(payload.stream()), (int) payload.size());
            return;
        }
        byte[] bytes = payload.bytes();
        LEDGER.verify(bytes, 0, bytes.length);
    }

    /** Reads a payload and answers it. */
    static void echo(Payload payload) {
        byte[] bytes = payload.bytes();
        if (LEDGER.verify(bytes, 0, bytes.length)) {
            payload.connection().write(Answer.framed(bytes));
        }
    }
}
