package io.dermaga.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunningRequestTest {

    private final RunningRequest running = new RunningRequest();

    @Test
    void one_that_is_cut_before_it_reads_does_not_connect_anew() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            HttpURLConnection connection = written(silent);
            running.began(connection, Instant.MAX);
            CompletableFuture<Void> cut = CompletableFuture.runAsync(running::cut);
            try (Socket peer = silent.accept()) {
                peer.getInputStream().readAllBytes(); // it was closed once

                assertThatThrownBy(connection::getResponseCode)
                        .isNotInstanceOf(SocketTimeoutException.class);
                running.ended();
                cut.get(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void one_that_takes_too_long_is_cut_and_no_other() throws Exception {
        Instant due = Instant.parse("2026-01-01T00:00:00Z");
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            HttpURLConnection connection = written(silent);
            running.began(connection, due);
            try (Socket peer = silent.accept()) {
                peer.setSoTimeout(100);
                running.watch(due);
                assertThatThrownBy(() -> peer.getInputStream().readAllBytes())
                        .isInstanceOf(SocketTimeoutException.class);

                peer.setSoTimeout(0);
                running.watch(due.plusMillis(1));
                peer.getInputStream().readAllBytes();
            }
            running.ended();
            running.watch(Instant.MAX); // there is none
            running.cut();
        }
    }

    private static HttpURLConnection written(ServerSocket server) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(1);
        connection.setReadTimeout(Math.toIntExact(Duration.ofSeconds(10).toMillis()));
        connection.getOutputStream().write('x');
        return connection;
    }
}
