package io.dermaga.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One Payara Micro as a child process. It neither calls home nor opens a port of a data grid; its
 * HTTP port is bound to one address.
 *
 * <p>Started once and closed once. The child ends with this process, however that ends.
 */
public final class MicroServer implements AutoCloseable {

    /** Longer than the adapter lets deliveries go on unless it is told otherwise. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(100);

    private final MicroOptions options;
    private final ServerLog log;
    private @Nullable Process process;
    private @Nullable FileChannel lock;
    private @Nullable Thread logThread;
    private @Nullable Thread hook;
    private volatile boolean stopping;
    private boolean stopped;

    MicroServer(MicroOptions options) {
        this.options = options;
        this.log = new ServerLog(options.directory().resolve("server.log"), options.console());
    }

    /**
     * Starts the process and returns at once.
     *
     * @throws LaunchException DMG5001 if the HTTP port is in use, DMG5004 if the server's jar is
     *     missing, DMG5010 if another server uses the directory
     */
    public MicroServer start() throws LaunchException {
        if (!Files.isRegularFile(options.microJar())) {
            throw new LaunchException(
                    "DMG5004 %s does not exist: build it with 'mvn package'"
                            .formatted(options.microJar()));
        }
        Ports.requireFree(
                options.httpHost(), options.httpPort(), "the dashboard", "dermaga.http.port");
        try {
            lockDirectory();
            Process child =
                    new ProcessBuilder(command())
                            .directory(options.workingDirectory().toFile())
                            .redirectErrorStream(true)
                            .start();
            Thread stop = new Thread(this::stop, "dermaga-stop");
            Runtime.getRuntime().addShutdownHook(stop);
            process = child;
            hook = stop;
            logThread = log.follow(child.getInputStream());
            return this;
        } catch (IOException failed) {
            unlockDirectory();
            throw new LaunchException("DMG5002 the server cannot be started: " + failed);
        }
    }

    /** The directory is emptied at each start: never that of a server which runs. */
    private void lockDirectory() throws IOException, LaunchException {
        Path directory = Files.createDirectories(options.directory());
        FileChannel channel =
                FileChannel.open(
                        directory.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                lock = channel;
                return;
            }
        } catch (OverlappingFileLockException own) {
            // another server of this process has it
        }
        channel.close();
        throw new LaunchException(
                "DMG5010 another server runs in %s: stop it first".formatted(directory));
    }

    /**
     * Waits until the server said that everything is deployed.
     *
     * @throws LaunchException DMG5002 if it ended, DMG5003 if it took too long
     */
    public MicroServer awaitReady(Duration limit) throws LaunchException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!log.isReady()) {
            if (!isAlive()) {
                throw new LaunchException(
                        "DMG5002 the server ended while it started; the end of its log (%s):%n%s"
                                .formatted(log.file(), log.tail()));
            }
            if (System.nanoTime() > end) {
                throw new LaunchException(
                        "DMG5003 the server was not ready within %d s; the end of its log (%s):%n%s"
                                .formatted(limit.toSeconds(), log.file(), log.tail()));
            }
            Thread.sleep(POLL.toMillis());
        }
        return this;
    }

    /** Waits until the server ends. */
    int awaitEnd() throws InterruptedException {
        return running().waitFor();
    }

    /** Whether {@link #close} was called or this process is ending. */
    boolean isStopping() {
        return stopping;
    }

    /** Whether the process runs. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** The server's process id. */
    public long pid() {
        return running().pid();
    }

    /** The server's process. */
    public ProcessHandle handle() {
        return running().toHandle();
    }

    /** The server's log. */
    public ServerLog log() {
        return log;
    }

    /** The port of the dashboard and other web applications. */
    public int httpPort() {
        return options.httpPort();
    }

    /** Stops the server: asks it, and after 60 s ends it. Returns when no process is left. */
    @Override
    public void close() {
        stop();
        Thread registered = hook;
        if (registered != null && Thread.currentThread() != registered) {
            try {
                Runtime.getRuntime().removeShutdownHook(registered);
            } catch (IllegalStateException ending) {
                // this process ends already, and the hook does what this method does
            }
        }
    }

    private synchronized void stop() {
        stopping = true;
        Process child = process;
        if (child == null) {
            return;
        }
        try {
            child.getOutputStream().close(); // the end of its input asks it to stop
        } catch (IOException ended) {
            // it has ended
        }
        try {
            if (!child.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                options.console()
                        .accept(
                                "DMG5009 the server did not stop within %d s and is ended by force"
                                        .formatted(STOP_LIMIT.toSeconds()));
                child.destroyForcibly().waitFor();
            }
            Thread copying = logThread;
            if (copying != null) {
                copying.join(STOP_LIMIT.toMillis());
            }
            if (!stopped) {
                stopped = true;
                unlockDirectory();
                options.console().accept("The server is stopped.");
            }
        } catch (InterruptedException interrupted) {
            child.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void unlockDirectory() {
        FileChannel held = lock;
        if (held != null) {
            try {
                held.close();
            } catch (IOException ended) {
                // it goes with this process
            }
        }
    }

    private Process running() {
        Process child = process;
        if (child == null) {
            throw new IllegalStateException("the server was not started");
        }
        return child;
    }

    private List<String> command() throws IOException {
        Path work = options.directory();
        Path root = emptied(work.resolve("root"));
        Path temporary = emptied(work.resolve("tmp"));
        OwnerOnly.create(log.file());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-javaagent:" + StopWithParent.writeJar(work.resolve("stop-with-parent.jar")));
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add(
                "-Djava.util.logging.SimpleFormatter.format="
                        + "%1$tF %1$tT.%1$tL %4$s %3$s %5$s%6$s%n");
        command.addAll(options.jvmOptions());
        command.addAll(List.of("-jar", options.microJar().toString()));
        command.addAll(List.of("--disablephonehome", "--nohazelcast"));
        command.addAll(List.of("--port", Integer.toString(options.httpPort())));
        command.addAll(List.of("--rootdir", root.toString()));
        command.addAll(List.of("--unpackdir", unpackDirectory().toString()));
        command.addAll(List.of("--logproperties", loggingProperties(work).toString()));
        command.addAll(List.of("--systemproperties", systemProperties(work).toString()));
        command.addAll(List.of("--prebootcommandfile", preBoot(work).toString()));
        if (!options.postBootCommands().isEmpty()) {
            Path file = work.resolve("post-boot.txt");
            command.addAll(
                    List.of(
                            "--postbootcommandfile",
                            Files.write(file, options.postBootCommands()).toString()));
        }
        for (Path library : options.libraries()) {
            command.addAll(List.of("--addlibs", library.toString()));
        }
        for (Path archive : options.archives()) {
            command.addAll(List.of("--deploy", archive.toString()));
        }
        options.contextRoot().ifPresent(path -> command.addAll(List.of("--contextroot", path)));
        return command;
    }

    /** The server unpacks 100 MB of itself; one copy serves all servers of one version. */
    private Path unpackDirectory() throws IOException {
        String jar = options.microJar().getFileName().toString();
        return Files.createDirectories(
                options.microJar().resolveSibling(jar.replace(".jar", "") + "-unpacked"));
    }

    private Path preBoot(Path work) throws IOException {
        List<String> commands = new ArrayList<>();
        commands.add(
                "set configs.config.server-config.network-config.network-listeners"
                        + ".network-listener.http-listener.address="
                        + options.httpHost());
        commands.addAll(options.preBootCommands());
        return Files.write(work.resolve("pre-boot.txt"), commands);
    }

    /** In a file, as a command line can be read by every user of the machine. */
    private Path systemProperties(Path work) throws IOException {
        Properties properties = new Properties();
        properties.putAll(options.properties());
        Path file = OwnerOnly.create(work.resolve("system.properties"));
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        return file;
    }

    private static Path loggingProperties(Path work) throws IOException {
        Path file = work.resolve("logging.properties");
        try (InputStream in = MicroServer.class.getResourceAsStream("logging.properties")) {
            if (in == null) {
                throw new IOException("logging.properties is not found");
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private static Path emptied(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var paths = Files.walk(directory)) {
                List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(directory);
    }
}
