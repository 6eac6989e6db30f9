package io.dermaga.engine.recording;

import io.dermaga.api.monitor.SendResult;
import io.dermaga.api.monitor.SendResult.End;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sends bytes to an own listener once, and takes what it answers. On the caller's thread, which
 * blocks until the listener has ended the connection, has answered and then been silent for half a
 * second, or the time is over.
 */
public final class Sending {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int SILENCE_MILLIS = 500;

    private final Socket plain = new Socket();
    private final Target target;
    private final byte[] bytes;
    private final boolean ends;
    private final Duration patience;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private long answerBytes;
    private long sent;

    /**
     * @param ends whether the own side is ended after the bytes
     * @param patience after which it is waited no longer
     */
    public Sending(Target target, byte[] bytes, boolean ends, Duration patience) {
        this.target = target;
        this.bytes = bytes;
        this.ends = ends;
        this.patience = patience;
    }

    /**
     * Does it; once.
     *
     * @param timer ends it when the listener takes nothing
     * @throws IOException if it cannot be connected to
     */
    public SendResult send(ScheduledExecutorService timer)
            throws IOException, GeneralSecurityException {
        long begun = System.nanoTime();
        Future<?> expiry = timer.schedule(this::close, patience.toMillis(), TimeUnit.MILLISECONDS);
        try (plain) {
            Socket open = OwnSocket.connect(plain, target);
            InetSocketAddress from = (InetSocketAddress) plain.getLocalSocketAddress();
            End end = exchange(open);
            return new SendResult(
                    from,
                    sent,
                    ByteBuffer.wrap(answer.toByteArray()),
                    answerBytes,
                    end,
                    Duration.ofNanos(System.nanoTime() - begun));
        } finally {
            expiry.cancel(false);
        }
    }

    private void close() {
        try {
            plain.close();
        } catch (IOException e) {
            // it is closed all the same
        }
    }

    private End exchange(Socket open) throws IOException {
        try {
            open.getOutputStream().write(bytes);
            open.getOutputStream().flush();
            sent = bytes.length;
            if (ends) {
                open.shutdownOutput();
            }
            return take(open);
        } catch (SocketTimeoutException silent) {
            return End.OPEN;
        } catch (SocketException gone) {
            // closed by the timer, or by the listener
            return plain.isClosed() ? End.OPEN : End.RESET;
        }
    }

    private End take(Socket open) throws IOException {
        InputStream in = open.getInputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            int room = SendResult.MOST_ANSWER_BYTES - answer.size();
            answer.write(buffer, 0, Math.min(room, read));
            answerBytes += read;
            open.setSoTimeout(SILENCE_MILLIS);
        }
        return End.ENDED;
    }
}
