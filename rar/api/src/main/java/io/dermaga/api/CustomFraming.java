package io.dermaga.api;

import java.nio.ByteBuffer;

/**
 * A framing of the application's own, named in the activation property {@code
 * framing=custom(com.example.Telegram)}. The class is public, has a public constructor without
 * parameters, and is made once for each listener, and once more when its settings are checked.
 *
 * <p>A scanner finds boundaries; it keeps no bytes. A payload that is preceded by its length in one
 * byte:
 *
 * <pre>{@code
 * public final class Telegram implements CustomFraming {
 *     @Override
 *     public Scanner newScanner() {
 *         return new Scanner() {
 *             private int missing = -1; // -1: the length comes next
 *
 *             @Override
 *             public void scan(ByteBuffer chunk, Boundaries boundaries) {
 *                 int at = 0;
 *                 while (at < chunk.limit()) {
 *                     if (missing < 0) {
 *                         missing = chunk.get(at++) & 0xff;
 *                     }
 *                     int end = Math.min(chunk.limit(), at + missing);
 *                     missing -= end - at;
 *                     if (missing > 0) {
 *                         boundaries.partial(at, end, 0);
 *                     } else {
 *                         boundaries.payload(at, end, 0);
 *                         missing = -1;
 *                     }
 *                     at = end;
 *                 }
 *             }
 *
 *             @Override
 *             public boolean betweenPayloads() {
 *                 return missing < 0;
 *             }
 *         };
 *     }
 * }
 * }</pre>
 */
public interface CustomFraming {

    /** A new scanner, for one connection. */
    Scanner newScanner();

    /**
     * Finds the boundaries in the stream of one connection. Called by its event loop: it must not
     * block, and must not keep the chunk. A runtime exception is a framing error (DMG2104), which
     * closes the connection.
     */
    interface Scanner {

        /**
         * Looks through a chunk.
         *
         * @param chunk read-only, from 0 to its limit; valid until this method returns
         * @param boundaries is told of every payload that ends in the chunk, in order, then of the
         *     one that goes on in the next chunk, if any
         */
        void scan(ByteBuffer chunk, Boundaries boundaries);

        /** Whether the orderly end of the stream completes an unfinished payload. */
        default boolean endCompletes() {
            return false;
        }

        /** Whether no byte of an unfinished frame is remembered, carried bytes aside. */
        default boolean betweenPayloads() {
            return true;
        }
    }

    /** Takes boundaries; all offsets are indices of the chunk. */
    interface Boundaries {

        /**
         * A payload ends: its bytes are what was carried over, without the last {@code trim} of
         * them, and those from {@code start} to before {@code end}.
         *
         * @param trim carried bytes that turned out to belong to the envelope; mostly 0
         */
        void payload(int start, int end, int trim);

        /**
         * The bytes from {@code start} to before {@code end} are carried over to the next chunk.
         *
         * @param undecided how many of the carried bytes may turn out to belong to the envelope;
         *     mostly 0
         */
        void partial(int start, int end, int undecided);

        /**
         * The stream cannot be read on (DMG2104): the connection is closed.
         *
         * @param at the byte that is wrong
         * @param expected what should be there, in words
         */
        void error(int at, String expected);
    }
}
