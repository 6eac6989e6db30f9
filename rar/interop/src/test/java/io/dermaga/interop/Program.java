package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the machine. A test of one that is not installed is skipped. */
record Program(Path file) {

    private static final String SYSTEM_PATH = "/usr/local/sbin:/usr/sbin:/sbin";

    /** Finds it by its name. */
    static Program named(String name) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin") + ":" + SYSTEM_PATH;
        List<Path> found =
                Stream.of(path.split(":", -1))
                        .map(folder -> Path.of(folder, name))
                        .filter(Files::isExecutable)
                        .toList();
        assumeTrue(!found.isEmpty(), "the program '" + name + "' is not installed");
        return new Program(found.get(0));
    }

    /** Starts it; what it prints goes to the given file. */
    Process start(Path output, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Runs it to its end with the given input, and gives what it printed; its status must be 0. */
    String run(String input, Object... arguments) throws Exception {
        Path output = Files.createTempFile("interop", ".txt");
        Process process = start(output, arguments);
        try {
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("%s has ended", file).isTrue();
            String printed = Files.readString(output);
            assertThat(process.exitValue()).as("status of %s: %s", file, printed).isZero();
            return printed;
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
