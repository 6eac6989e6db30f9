package io.dermaga.it.history;

import io.dermaga.it.history.History.PeerHistory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection that sends numbered lines in bursts, has at most {@link #WINDOW} of them unanswered,
 * and remembers what it was told, until it has sent all or the server is gone.
 */
final class RecordingPeer {

    /** Payloads that may be unanswered. */
    static final int WINDOW = 32;

    private static final int LONGEST_BURST = 8;

    private final String name;
    private final int most;
    private final Random random;
    private final Socket socket;
    private final Semaphore window = new Semaphore(WINDOW);
    private final AtomicInteger sent = new AtomicInteger();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private final Thread writer;

    /** Connects, and sends at most so many lines. */
    RecordingPeer(int port, String name, int most, long seed) throws IOException {
        this.name = name;
        this.most = most;
        this.random = new Random(seed);
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        reader = new Thread(this::read, name + "-reads");
        writer = new Thread(this::write, name + "-writes");
        reader.start();
        writer.start();
    }

    private void write() {
        try {
            OutputStream out = socket.getOutputStream();
            while (sent.get() < most) {
                int burst = Math.min(1 + random.nextInt(LONGEST_BURST), most - sent.get());
                window.acquire(burst);
                StringBuilder lines = new StringBuilder();
                for (int i = 0; i < burst; i++) {
                    lines.append(name).append(' ').append(sent.incrementAndGet()).append('\n');
                }
                out.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
            }
            socket.shutdownOutput();
        } catch (IOException gone) {
            // so is the server
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                socket.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = in.readLine();
            while (line != null) {
                told.add(line);
                window.release();
                line = in.readLine();
            }
        } catch (IOException gone) {
            // so is the server
        } finally {
            writer.interrupt();
        }
    }

    int told() {
        return told.size();
    }

    /** Whether it has nothing to do any more: all was answered, or the server is gone. */
    boolean isDone() {
        return !reader.isAlive() && !writer.isAlive();
    }

    /** What it has sent and been told, in a few words. */
    String standing() {
        return "%s told %d of %d sent".formatted(name, told.size(), sent.get());
    }

    PeerHistory history() {
        return new PeerHistory(name, sent.get(), told);
    }
}
