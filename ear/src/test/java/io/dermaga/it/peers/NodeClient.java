package io.dermaga.it.peers;

import io.dermaga.it.support.Built;
import io.dermaga.it.support.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A client that is not written in Java: Node.js, {@code net.connect}, several writes, {@code end}.
 */
public final class NodeClient {

    private static final String PROGRAM =
            """
            const net = require('net'), crypto = require('crypto');
            const [port, total, piece] = process.argv.slice(2).map(Number);
            const bytes = crypto.randomBytes(piece), hash = crypto.createHash('sha256');
            let sent = 0;
            const socket = net.connect(port, '127.0.0.1', () => {
              const local = socket.localPort;
              const pump = () => {
                while (sent < total) {
                  const chunk = bytes.subarray(0, Math.min(piece, total - sent));
                  hash.update(chunk);
                  sent += chunk.length;
                  if (!socket.write(chunk)) { socket.once('drain', pump); return; }
                }
                socket.end();
              };
              socket.on('close', failed => {
                console.log(failed ? 'FAILED' : local + ' ' + hash.digest('hex'));
              });
              pump();
            });
            socket.on('error', error => console.error(error.code));
            socket.resume();
            """;

    /**
     * What was sent.
     *
     * @param port of the client
     */
    public record Sent(int port, String sha256) {}

    private NodeClient() {}

    /**
     * Sends {@code total} bytes in writes of {@code piece}, and waits until the server has ended.
     */
    public static Sent send(int port, long total, int piece) {
        try {
            Path program = Built.target("node-client.js");
            Files.writeString(program, PROGRAM);
            Process node =
                    new ProcessBuilder(
                                    Programs.node().toString(),
                                    program.toString(),
                                    Integer.toString(port),
                                    Long.toString(total),
                                    Integer.toString(piece))
                            .redirectErrorStream(true)
                            .start();
            String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!node.waitFor(10, TimeUnit.SECONDS) || said.startsWith("FAILED")) {
                node.destroyForcibly();
                throw new IllegalStateException("the Node.js client failed: " + said);
            }
            String[] words = said.strip().split(" ", 2);
            return new Sent(Integer.parseInt(words[0]), words[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
