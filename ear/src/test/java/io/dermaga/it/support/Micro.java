package io.dermaga.it.support;

import io.dermaga.run.LaunchException;
import io.dermaga.run.MicroOptions;
import io.dermaga.run.MicroServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
                .jvm(memory(directory))
                .property("dermaga.data", directory.resolve("data").toString())
                .console(line -> {})
                .deploy(rar);
    }

    /**
     * Options of a virtual machine of bounded memory. One that has none left ends at once, and
     * leaves {@code java_pidNNN.hprof} in the directory: it neither crawls nor goes on in pieces.
     */
    static List<String> memory(Path directory) {
        return List.of(
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+HeapDumpOnOutOfMemoryError",
                "-XX:HeapDumpPath=" + directory);
    }

    /** Starts the server and waits until everything is deployed. */
    public static MicroServer start(MicroOptions.Builder options) {
        MicroServer server = startOnce(options);
        if (!isMissingBeans(server)) {
            return server;
        }
        System.out.println("the server has found no bean in an application, and is started again");
        server.close();
        return startOnce(options);
    }

    /**
     * Payara now and then (once in some ninety starts) finds no bean in an application that has
     * some, and says that it is ready all the same.
     */
    private static boolean isMissingBeans(MicroServer server) {
        try {
            return Files.readString(server.log().file())
                    .contains("DeploymentContext does not contain any EJB");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static MicroServer startOnce(MicroOptions.Builder options) {
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

    /**
     * Where the threads of a server are, for whoever waits in vain; also kept in {@code
     * threads.txt} beside its log. Empty without the tools, and of a server that does not tell
     * within a minute.
     */
    public static String threads(MicroServer server) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Path told = server.log().file().resolveSibling("threads.txt");
        try {
            Process dump =
                    new ProcessBuilder(jcmd.toString(), Long.toString(server.pid()), "Thread.print")
                            .redirectErrorStream(true)
                            .redirectOutput(told.toFile())
                            .start();
            if (!dump.waitFor(1, TimeUnit.MINUTES)) {
                dump.destroyForcibly();
            }
            return Files.readString(told);
        } catch (IOException noTools) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
