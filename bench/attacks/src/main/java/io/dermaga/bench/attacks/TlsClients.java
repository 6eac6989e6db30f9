package io.dermaga.bench.attacks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;

/**
 * Honest clients over TLS, each with a thread: some stay and send lines at a fixed rate, others
 * come at a fixed rate, with a whole handshake, one request and an orderly end each time. Latency
 * counts from when a request or a connection was due.
 */
final class TlsClients implements AutoCloseable {

    private static final byte[] LINE = ("x".repeat(63) + "\n").getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE_MILLIS = 30_000;

    private final int port;
    private final Pki pki;
    private final Serials shown;
    private final List<Thread> threads = new ArrayList<>();
    private volatile Latencies staying = new Latencies();
    private volatile Latencies coming = new Latencies();
    private volatile boolean stopped;

    /**
     * @param shown told of the certificate of each connection that comes
     */
    TlsClients(int port, Pki pki, Serials shown) {
        this.port = port;
        this.pki = pki;
        this.shown = shown;
    }

    /** Connections that stay. */
    void stay(int count, int rate) {
        for (int i = 0; i < count; i++) {
            begin("stays-" + i, rate, i, count, this::stayOn);
        }
    }

    /** Connections that come and go. */
    void come(int count, int rate) {
        for (int i = 0; i < count; i++) {
            begin("comes-" + i, rate, i, count, this::comeAndGo);
        }
    }

    private void begin(String name, int rate, int index, int count, Consumer<Pace> life) {
        long period = TimeUnit.SECONDS.toNanos(1) / rate;
        Pace pace = new Pace(System.nanoTime() + period * index / count, period);
        Thread thread = new Thread(() -> life.accept(pace), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** What begins from now on is counted apart. */
    Latencies stayingPhase() {
        Latencies next = new Latencies();
        staying = next;
        return next;
    }

    /** The same of those that come. */
    Latencies comingPhase() {
        Latencies next = new Latencies();
        coming = next;
        return next;
    }

    /** Begins nothing more, and waits for what is begun. */
    void finish() {
        stopped = true;
        threads.forEach(Threads::await);
    }

    @Override
    public void close() {
        finish();
    }

    private void stayOn(Pace pace) {
        try (SSLSocket socket = connect()) {
            while (!stopped) {
                long due = pace.await();
                Latencies phase = staying;
                phase.ask();
                exchange(socket);
                phase.answered(System.nanoTime() - due);
                phase.gap(System.nanoTime() - due);
            }
        } catch (IOException | GeneralSecurityException e) {
            staying.failed();
            System.out.println("a TLS client that stays has lost its connection: " + e);
        }
    }

    private void comeAndGo(Pace pace) {
        while (!stopped) {
            long due = pace.await();
            long begin = System.nanoTime();
            Latencies phase = coming;
            phase.ask();
            try (SSLSocket socket = connect()) {
                X509Certificate certificate =
                        (X509Certificate) socket.getSession().getPeerCertificates()[0];
                shown.shown(certificate.getSerialNumber(), begin);
                exchange(socket);
                phase.answered(System.nanoTime() - due);
            } catch (IOException | GeneralSecurityException e) {
                phase.failed();
                System.out.println("a TLS client that comes has failed: " + e);
            }
        }
    }

    private SSLSocket connect() throws IOException, GeneralSecurityException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setSoTimeout(PATIENCE_MILLIS);
        plain.setTcpNoDelay(true);
        SSLSocket socket =
                (SSLSocket)
                        pki.client()
                                .getSocketFactory()
                                .createSocket(plain, "localhost", port, true);
        try {
            socket.startHandshake();
        } catch (IOException e) {
            plain.close();
            throw e;
        }
        return socket;
    }

    private static void exchange(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(LINE);
        byte[] answer = socket.getInputStream().readNBytes(LINE.length);
        if (answer.length < LINE.length) {
            throw new EOFException("closed by the target");
        }
        if (!Arrays.equals(answer, LINE)) {
            throw new IOException("a wrong answer");
        }
    }

    /** When something is due; confined to one thread. */
    private static final class Pace {

        private final long periodNanos;
        private long nextNanos;

        Pace(long firstNanos, long periodNanos) {
            this.nextNanos = firstNanos;
            this.periodNanos = periodNanos;
        }

        /** Waits until the next is due, not at all if it is late already. */
        long await() {
            long due = nextNanos;
            nextNanos += periodNanos;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return due;
        }
    }
}
