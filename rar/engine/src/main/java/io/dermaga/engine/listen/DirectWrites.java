package io.dermaga.engine.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes of a worker that go to the kernel without a detour over the event loop (docs/adr/0008).
 * The file descriptor is the event loop's to close: {@link #stop} comes first, and its lock keeps
 * the descriptor alive while a worker writes.
 */
final class DirectWrites {

    private @Nullable Socket socket;

    private DirectWrites(Socket socket) {
        this.socket = socket;
    }

    /** For a channel whose transport can; null for others. */
    static @Nullable DirectWrites of(SocketChannel channel) {
        return channel instanceof EpollSocketChannel epoll && epoll.fd() instanceof Socket socket
                ? new DirectWrites(socket)
                : null;
    }

    /** Whether the socket may be written to. Holding the lock. */
    boolean isOpen() {
        return socket != null;
    }

    /**
     * Writes what the kernel takes. Holding the lock, while {@link #isOpen}.
     *
     * @param data a direct buffer; stays the caller's, its reader index is moved
     * @throws IOException if the connection has failed
     */
    void write(ByteBuf data) throws IOException {
        Socket open = socket;
        if (open != null) {
            int written =
                    open.sendAddress(data.memoryAddress(), data.readerIndex(), data.writerIndex());
            data.skipBytes(Math.max(0, written));
        }
    }

    /** From now on nothing is written here. Holding the lock. */
    void stop() {
        socket = null;
    }
}
