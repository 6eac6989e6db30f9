package io.dermaga.it.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many peers at once. Each sends numbered lines, {@code peer,number,filler}, cut at random places,
 * and all are connected before the first byte is sent.
 *
 * @param peers connections
 * @param payloads lines of each
 * @param seed of the cuts
 */
public record Crowd(int peers, int payloads, long seed) {

    private static final int THREADS = 32;

    /** One connection and what it has still to send. */
    private static final class Peer {
        private final Socket socket;
        private final byte[] stream;
        private final Random random;
        private int sent;

        Peer(int port, byte[] stream, Random random) throws IOException {
            this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
            this.socket.setTcpNoDelay(true);
            this.stream = stream;
            this.random = random;
        }

        boolean sendSlice() throws IOException {
            int bytes = Math.min(stream.length - sent, 1 + random.nextInt(150));
            OutputStream out = socket.getOutputStream();
            out.write(stream, sent, bytes);
            sent += bytes;
            return sent < stream.length;
        }

        void finish() throws IOException {
            socket.shutdownOutput();
        }

        /** Waits until the adapter has ended its side, after all is delivered. */
        void awaitEnd() throws IOException {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // answers are of no interest
            }
            socket.close();
        }
    }

    /** Sends everything and waits until every connection was ended by the adapter. */
    public void send(int port) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Peer> all = new ArrayList<>();
            for (int i = 0; i < peers; i++) {
                all.add(new Peer(port, stream(i), new Random(seed + i)));
            }
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                List<Peer> share = new ArrayList<>();
                for (int j = i; j < all.size(); j += THREADS) {
                    share.add(all.get(j));
                }
                running.add(threads.submit(() -> drive(share)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void drive(List<Peer> share) {
        try {
            List<Peer> sending = new ArrayList<>(share);
            while (!sending.isEmpty()) {
                List<Peer> more = new ArrayList<>();
                for (Peer peer : sending) {
                    if (peer.sendSlice()) {
                        more.add(peer);
                    } else {
                        peer.finish();
                    }
                }
                sending = more;
            }
            for (Peer peer : share) {
                peer.awaitEnd();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] stream(int peer) {
        StringBuilder text = new StringBuilder();
        Random filler = new Random(seed ^ peer);
        for (int i = 0; i < payloads; i++) {
            text.append("peer").append(peer).append(',').append(i).append(',');
            text.append("x".repeat(filler.nextInt(120))).append(i % 3 == 0 ? "\r\n" : "\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
