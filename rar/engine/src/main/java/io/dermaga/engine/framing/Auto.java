package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a connection decide among framings.
 *
 * <pre>
 *  auto(mllp,syslog,lines)   bytes  0b 4d 53 48 ..   mllp
 *                            bytes  3c 31 33 3e ..   syslog
 *                            bytes  68 69 0a         lines
 * </pre>
 *
 * The first framing of the list that recognises the bytes is taken; it waits for more as long as
 * one before it may yet do so. A framing of any bytes (as {@code lines}) is for what no other
 * recognises and therefore the last. If none recognises them: a framing error.
 */
record Auto(List<Framing> choices) implements Framing {

    /** By then every framing has decided. */
    private static final int MOST_HEAD_BYTES = 64;

    private static final int MOST_CHOICES = 16;

    static Auto of(Form form, Catalog.Terms terms) {
        List<Framing> choices = new ArrayList<>();
        while (form.hasMore()) {
            choices.add(Catalog.parse(form.next(), terms));
        }
        if (choices.size() < 2 || choices.size() > MOST_CHOICES) {
            throw new IllegalArgumentException("two framings or more");
        }
        for (Framing choice : choices) {
            boolean last = choice == choices.get(choices.size() - 1);
            if (choice instanceof Auto || (!last && takesAnything(choice))) {
                throw new IllegalArgumentException("what takes any bytes is the last");
            }
        }
        return new Auto(List.copyOf(choices));
    }

    private static boolean takesAnything(Framing choice) {
        ByteBuf one = Unpooled.wrappedBuffer(new byte[] {0});
        return choice.likeness(one) == Likeness.ANYTHING;
    }

    @Override
    public String form() {
        return choices.stream().map(Framing::form).collect(Collectors.joining(",", "auto(", ")"));
    }

    /** Whether one of its choices recognises the bytes. */
    @Override
    public Likeness likeness(ByteBuf head) {
        Likeness most = Likeness.NO;
        for (Framing choice : choices) {
            Likeness likeness = choice.likeness(head);
            if (likeness == Likeness.YES) {
                return likeness;
            }
            if (likeness.compareTo(most) > 0) {
                most = likeness;
            }
        }
        return most;
    }

    /** While nothing is chosen, what the last one says. */
    @Override
    public boolean answersByClosing() {
        return choices.get(choices.size() - 1).answersByClosing();
    }

    @Override
    public boolean answersOutcome() {
        return choices.stream().anyMatch(Framing::answersOutcome);
    }

    @Override
    public boolean carriesHl7() {
        return choices.stream().anyMatch(Framing::carriesHl7);
    }

    @Override
    public Scanner newScanner() {
        return new AutoScanner(this);
    }

    /** The framing of a stream; null if more bytes are needed. */
    private @Nullable Framing choose(ByteBuf head, int fault, boolean last)
            throws FramingException {
        for (Framing choice : choices) {
            Likeness likeness = choice.likeness(head);
            boolean waits = !last && head.readableBytes() < MOST_HEAD_BYTES;
            if (likeness == Likeness.MORE && waits) {
                return null;
            }
            if (likeness == Likeness.YES || likeness == Likeness.ANYTHING) {
                return choice;
            }
        }
        throw FramingException.unexpected(fault, "the beginning of one of these framings");
    }

    private static final class AutoScanner implements Scanner {

        private final Auto framing;
        private @Nullable Scanner chosen;

        /** Read by other threads when the connection is to be closed. */
        private volatile @Nullable Framing followed;

        /** Bytes of chunks before, while they do not decide. */
        private ByteBuf head = Unpooled.EMPTY_BUFFER;

        AutoScanner(Auto framing) {
            this.framing = framing;
        }

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            Scanner scanner = chosen;
            if (scanner != null) {
                scanner.scan(chunk, sink);
                return;
            }
            ByteBuf seen = chunk;
            if (head.isReadable()) {
                seen = Unpooled.wrappedBuffer(head, chunk.slice());
            }
            Framing choice = framing.choose(seen, chunk.readerIndex(), false);
            if (choice == null) {
                head = Unpooled.copiedBuffer(seen);
                return;
            }
            follow(choice, chunk, sink);
        }

        private void follow(Framing choice, ByteBuf chunk, FrameSink sink) throws FramingException {
            Scanner scanner = choice.newScanner();
            followed = choice;
            chosen = scanner;
            ByteBuf whole = head.isReadable() ? sink.prepend(head) : chunk;
            head = Unpooled.EMPTY_BUFFER;
            scanner.scan(whole, sink);
        }

        /** What has come must do: no more bytes will tell. */
        @Override
        public void end(FrameSink sink) throws FramingException {
            if (chosen == null && head.isReadable()) {
                Framing choice = framing.choose(head, 0, true);
                if (choice != null) {
                    follow(choice, Unpooled.EMPTY_BUFFER, sink);
                }
            }
            Scanner scanner = chosen;
            if (scanner != null) {
                scanner.end(sink);
            }
        }

        @Override
        public long kept() {
            return head.readableBytes();
        }

        @Override
        public void tail(FrameSink sink) throws FramingException {
            Scanner scanner = chosen;
            if (scanner != null) {
                scanner.tail(sink);
            }
        }

        @Override
        public Framing followed(Framing configured) {
            Framing choice = followed;
            return choice == null ? configured : choice;
        }

        @Override
        public boolean endCompletes() {
            Scanner scanner = chosen;
            return scanner != null && scanner.endCompletes();
        }

        @Override
        public long missing() {
            Scanner scanner = chosen;
            return scanner == null ? 0 : scanner.missing();
        }

        @Override
        public boolean betweenFrames() {
            Scanner scanner = chosen;
            return scanner == null ? !head.isReadable() : scanner.betweenFrames();
        }
    }
}
