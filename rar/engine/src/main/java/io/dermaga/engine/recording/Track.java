package io.dermaga.engine.recording;

import io.dermaga.engine.recording.Entry.Kind;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One connection in one recording. Any thread; never waits for a disk. The lock keeps times in the
 * order of entries.
 */
final class Track {

    private final Capture capture;
    private final Subject subject;

    /** The thread of the recording alone has it. */
    private @Nullable Conversation conversation;

    /** Nothing more is taken. */
    private volatile boolean ended;

    Track(Capture capture, Subject subject) {
        this.capture = capture;
        this.subject = subject;
    }

    Subject subject() {
        return subject;
    }

    @Nullable Conversation conversation() {
        return conversation;
    }

    void conversation(Conversation begun) {
        conversation = begun;
    }

    boolean isOf(Capture other) {
        return capture == other;
    }

    boolean hasEnded() {
        return ended || !capture.isTaking();
    }

    /** Whether nothing of it comes after such an entry. */
    static boolean isLast(Kind kind) {
        return switch (kind) {
            case CLOSED, PEER_RESET, RESET, CUT -> true;
            case OPENED, READ, WRITTEN, PEER_ENDED, ENDED -> false;
        };
    }

    void opened() {
        control(Kind.OPENED, "");
    }

    /** Bytes of the peer; copied. */
    void read(ByteBuf data) {
        data(Kind.READ, data);
    }

    /** Bytes that the kernel, or TLS, has taken; copied. */
    void written(ByteBuf data) {
        data(Kind.WRITTEN, data);
    }

    void written(byte[] data, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(data, 0, copy, 0, length);
        data(Kind.WRITTEN, copy);
    }

    private void data(Kind kind, ByteBuf data) {
        byte[] copy = new byte[data.readableBytes()];
        data.getBytes(data.readerIndex(), copy);
        data(kind, copy);
    }

    private synchronized void data(Kind kind, byte[] data) {
        if (hasEnded() || data.length == 0) {
            return;
        }
        if (!capture.offer(new Entry(this, kind, System.nanoTime(), data, ""))) {
            cut();
        }
    }

    /** The disk is slower than this connection: what is there has no hole, and nothing follows. */
    private void cut() {
        control(Kind.CUT, Conversation.CUT);
        ended = true;
    }

    void peerEnded() {
        control(Kind.PEER_ENDED, "");
    }

    void ended() {
        control(Kind.ENDED, "");
    }

    /**
     * @param reason why, as {@link io.dermaga.api.CloseReason}
     */
    void closed(Kind how, String reason) {
        control(how, reason);
        ended = true;
    }

    private synchronized void control(Kind kind, String text) {
        if (!hasEnded()) {
            capture.put(new Entry(this, kind, System.nanoTime(), Entry.NONE, text));
        }
    }
}
