package io.dermaga.history;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * Sends lines of 256 bytes at a fixed rate to a running product, whose bean takes them, and tells
 * how many were delivered in time, and how many the history has kept and dropped. Of a history that
 * was empty before, with fewer lines than it may keep ({@code dermaga.history.messages}).
 */
public final class RateBench {

    private static final int CONNECTIONS = 16;
    private static final int SIZE = 256;
    private static final int TICKS_EACH_SECOND = 100;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String dashboard;
    private final String password;

    private RateBench(String dashboard, String password) {
        this.dashboard = dashboard;
        this.password = password;
    }

    /**
     * Measures.
     *
     * @param arguments address of the dashboard; password of admin; port of a listener of lines;
     *     lines each second; seconds
     */
    public static void main(String[] arguments) throws Exception {
        RateBench bench = new RateBench(arguments[0], arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        int rate = Integer.parseInt(arguments[3]);
        int seconds = Integer.parseInt(arguments[4]);
        bench.send(port, rate, 10); // makes warm
        long before = bench.delivered();
        long begun = System.nanoTime();
        long sent = bench.send(port, rate, seconds);
        long atEnd = bench.delivered() - before;
        double sending = (System.nanoTime() - begun) / 1e9;
        while (bench.delivered() - before < sent) {
            LockSupport.parkNanos(10_000_000);
        }
        double took = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "sent %d in %.2f s; delivered %d then, all after %.2f s: %.0f/s%n",
                sent,
                sending,
                atEnd,
                took,
                sent / took);
        bench.awaitHistory(begun);
    }

    private long send(int port, int rate, int seconds) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        byte[] lines = lines(rate / TICKS_EACH_SECOND / CONNECTIONS + 1);
        long sent = 0;
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            long begun = System.nanoTime();
            for (int tick = 1; tick <= seconds * TICKS_EACH_SECOND; tick++) {
                long due = (long) rate * tick / TICKS_EACH_SECOND;
                for (int i = 0; i < CONNECTIONS; i++) {
                    int count = (int) ((due - sent) / (CONNECTIONS - i));
                    OutputStream out = sockets.get(i).getOutputStream();
                    out.write(lines, 0, count * SIZE);
                    sent += count;
                }
                long next = begun + tick * 1_000_000_000L / TICKS_EACH_SECOND;
                while (System.nanoTime() < next) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        return sent;
    }

    private static byte[] lines(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2 * count; i++) {
            String line = "order %06d of a customer;".formatted(i);
            text.append(line.repeat(SIZE / line.length() + 1), 0, SIZE - 1).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private long delivered() throws IOException, InterruptedException {
        return sum(get("/api/v1/adapter"), "delivered");
    }

    /** Waits until every message is either kept or dropped. */
    private void awaitHistory(long begun) throws IOException, InterruptedException {
        String status = get("/api/v1/history");
        if (status.contains("\"kept\":false")) {
            System.out.println("no history is kept");
            return;
        }
        long all = delivered();
        while (sum(status, "messages") + sum(status, "dropped") < all) {
            LockSupport.parkNanos(100_000_000);
            status = get("/api/v1/history");
        }
        System.out.printf(
                Locale.ROOT,
                "history: %d kept + %d dropped of %d, after %.1f s%n",
                sum(status, "messages"),
                sum(status, "dropped"),
                all,
                (System.nanoTime() - begun) / 1e9);
    }

    /** Of all members of this name. */
    private static long sum(String json, String name) {
        return Pattern.compile("\"" + name + "\":(\\d+)")
                .matcher(json)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    private String get(String path) throws IOException, InterruptedException {
        byte[] pair = ("admin:" + password).getBytes(StandardCharsets.UTF_8);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(dashboard + path))
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(pair))
                        .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }
}
