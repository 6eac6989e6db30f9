package io.dermaga.engine.framing;

import io.dermaga.api.CustomFraming;
import java.nio.ByteBuffer;

/** A framing of an application: a length in one byte before each payload. */
public final class Telegram implements CustomFraming {

    @Override
    public Scanner newScanner() {
        return new LengthByte();
    }

    private static final class LengthByte implements Scanner {

        private int missing = -1; // -1: the length comes next

        @Override
        public void scan(ByteBuffer chunk, Boundaries boundaries) {
            int at = 0;
            while (at < chunk.limit()) {
                if (missing < 0) {
                    missing = chunk.get(at++) & 0xff;
                }
                int end = Math.min(chunk.limit(), at + missing);
                missing -= end - at;
                if (missing > 0) {
                    boundaries.partial(at, end, 0);
                } else {
                    boundaries.payload(at, end, 0);
                    missing = -1;
                }
                at = end;
            }
        }

        @Override
        public boolean betweenPayloads() {
            return missing < 0;
        }
    }
}
