package io.dermaga.bench.attacks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Target} in a process of its own, on the cores of the server; its log is a file. */
final class TargetProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;
    private final int port;

    /**
     * @param sampled whether it looks for the highest values all the time
     * @param settings of the listener, {@code name=value}
     */
    TargetProcess(Path directory, String name, boolean sampled, List<String> settings)
            throws IOException {
        Files.createDirectories(directory);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "taskset",
                                "-c",
                                System.getProperty("attacks.server.cores", "0"),
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-Ddermaga.adapter.spillDirectory=" + directory.resolve("spill"),
                                "-Dattacks.sample=" + sampled,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Target.class.getName()));
        command.addAll(settings);
        process =
                new ProcessBuilder(command)
                        .redirectError(Redirect.to(directory.resolve(name + ".log").toFile()))
                        .start();
        out = process.inputReader();
        in = process.outputWriter();
        try {
            port = (int) Figures.parse(await("READY")).get("port");
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    Figures figures() throws IOException {
        return ask("figures");
    }

    /** Figures without garbage; it stands still for that long. */
    Figures collected() throws IOException {
        return ask("gc");
    }

    /** The highest values begin anew. */
    Figures reset() throws IOException {
        return ask("reset");
    }

    private synchronized Figures ask(String what) throws IOException {
        in.write(what + "\n");
        in.flush();
        return Figures.parse(await("FIGURES"));
    }

    private String await(String word) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(word)) {
                return line;
            }
        }
        throw new IOException("the target ended without " + word);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // it has ended already
        }
        try {
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
