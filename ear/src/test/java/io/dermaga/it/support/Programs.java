package io.dermaga.it.support;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of the machine that tests use, installed by the system's package manager if need be. */
public final class Programs {

    private Programs() {}

    /**
     * The path of Node.js, installed if it was not there.
     *
     * @throws IllegalStateException a sentence that says what to install
     */
    public static Path node() {
        return find("node")
                .or(() -> install("nodejs") ? find("node") : Optional.empty())
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "The tests of Node.js clients need Node.js: install the package 'nodejs'."));
    }

    /** A program on the path. */
    static Optional<Path> find(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Installs packages, where root runs the tests and apt is there; tells whether it did. */
    public static boolean install(String... packages) {
        List<String> command =
                new ArrayList<>(
                        List.of("apt-get", "install", "-q", "-y", "--no-install-recommends"));
        command.addAll(List.of(packages));
        return System.getProperty("user.name").equals("root")
                && find("apt-get").isPresent()
                && succeed("apt-get", "update", "-q")
                && succeed(command.toArray(String[]::new));
    }

    /** Runs a command for ten minutes at most; its output goes to {@code target/it/install.log}. */
    public static boolean succeed(String... command) {
        try {
            Path log = Built.target("it").resolve("install.log");
            Files.createDirectories(log.getParent());
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(10, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly();
            }
            return ended && process.exitValue() == 0;
        } catch (IOException failed) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
