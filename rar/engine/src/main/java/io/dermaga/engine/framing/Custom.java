package io.dermaga.engine.framing;

import io.dermaga.api.CustomFraming;
import io.netty.buffer.ByteBuf;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;

/**
 * A framing of the application's own: see {@link CustomFraming}. Its class is found by the
 * application's class loader.
 */
record Custom(String form, CustomFraming own) implements Framing {

    static Custom of(Form form, Catalog.Terms terms) {
        String name = form.next();
        ClassLoader classes = terms.classes();
        if (classes == null) {
            return new Custom("custom(" + name + ")", Custom::notLoaded);
        }
        try {
            Class<?> type = Class.forName(name, true, classes);
            CustomFraming own =
                    type.asSubclass(CustomFraming.class).getDeclaredConstructor().newInstance();
            return new Custom("custom(" + name + ")", own);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(name + " failed: " + e.getCause(), e);
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new IllegalArgumentException("no such class: " + e, e);
        }
    }

    private static CustomFraming.Scanner notLoaded() {
        throw new IllegalStateException("its class was not looked for");
    }

    @Override
    public Scanner newScanner() {
        try {
            return new CustomScanner(own.newScanner());
        } catch (RuntimeException e) {
            return new FailedScanner(e.toString());
        }
    }

    private static final class CustomScanner implements Scanner {

        private final CustomFraming.Scanner scanner;

        /** Bytes of an unfinished payload that were carried over. */
        private long carried;

        CustomScanner(CustomFraming.Scanner scanner) {
            this.scanner = scanner;
        }

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            int base = chunk.readerIndex();
            ByteBuffer bytes =
                    chunk.nioBuffer(base, chunk.readableBytes()).slice().asReadOnlyBuffer();
            OwnBoundaries boundaries = new OwnBoundaries(base, chunk.writerIndex(), carried, sink);
            try {
                scanner.scan(bytes, boundaries);
            } catch (RuntimeException e) {
                throw FramingException.unexpected(base, "no failure of the framing's class: " + e);
            }
            boundaries.close();
            boundaries.rethrow();
            carried = boundaries.carried();
        }

        @Override
        public boolean endCompletes() {
            try {
                return scanner.endCompletes();
            } catch (RuntimeException e) {
                return false; // what is carried is told of as incomplete
            }
        }

        @Override
        public boolean betweenFrames() {
            try {
                return scanner.betweenPayloads();
            } catch (RuntimeException e) {
                return false; // so that the frame deadline goes on
            }
        }
    }

    /** Of a class that made no scanner: the first bytes end the stream. */
    private record FailedScanner(String failure) implements Scanner {

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            throw FramingException.unexpected(
                    chunk.readerIndex(), "a scanner from the framing's class: " + failure);
        }
    }
}
