package io.dermaga.it.support;

import io.dermaga.run.LaunchException;
import io.dermaga.run.MicroOptions;
import io.dermaga.run.MicroServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Servers with the standalone adapter and other applications beside it: the second shape of the
 * product.
 *
 * <pre>{@code
 * try (MicroServer server =
 *         Micro.start(Micro.withAdapter("load").deploy(war).property("dermaga.fast.port", …))) {
 *     … server.httpPort(), server.pid(), server.log() …
 * }
 * }</pre>
 */
public final class Micro {

    /** Many times what it takes, for a machine that does much else. */
    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private Micro() {}

    /**
     * Options of a server that has the adapter, and a free HTTP port. Applications are added with
     * {@code deploy}; their context root is their file's name.
     *
     * @param name of the directory {@code target/it/NAME} with {@code server.log}
     */
    public static MicroOptions.Builder withAdapter(String name) {
        return withAdapter(name, Built.rar());
    }

    /** The same with another build of the adapter; the file's name is {@code dermaga.rar}. */
    public static MicroOptions.Builder withAdapter(String name, Path rar) {
        Path directory = Built.target("it").resolve(name);
        return MicroOptions.builder(Built.microJar(), directory)
                .http("127.0.0.1", FreePorts.next())
                .property("dermaga.data", directory.resolve("data").toString())
                .console(line -> {})
                .deploy(rar);
    }

    /** Starts the server and waits until everything is deployed. */
    public static MicroServer start(MicroOptions.Builder options) {
        MicroServer server = options.build();
        try {
            return server.start().awaitReady(START_LIMIT);
        } catch (LaunchException failed) {
            String threads = server.isAlive() ? threads(server) : "";
            server.close();
            throw new IllegalStateException(failed.getMessage() + "\n" + threads, failed);
        } catch (InterruptedException interrupted) {
            server.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Where the threads of a server are, for whoever waits in vain; empty without the tools. */
    public static String threads(MicroServer server) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process dump =
                    new ProcessBuilder(jcmd.toString(), Long.toString(server.pid()), "Thread.print")
                            .redirectErrorStream(true)
                            .start();
            return new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException noTools) {
            return "";
        }
    }
}
