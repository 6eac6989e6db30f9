package io.dermaga.engine.framing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Coverage-guided fuzzing of every framing, for {@code dermaga.fuzz.seconds} each (5; 60 in the
 * profile {@code nightly}). Inputs that reached more code are kept in src/test/fuzz and replayed.
 */
@Execution(ExecutionMode.CONCURRENT)
class FuzzTest {

    private static final int SECONDS = Integer.getInteger("dermaga.fuzz.seconds", 5);
    private static final Path KEPT = Path.of("src/test/fuzz");
    private static final Path WORK = Path.of("target/fuzz");

    static Stream<String> framings() {
        return Example.all().map(Example::framing).distinct();
    }

    /** One of the spellings of each framing. */
    static Stream<String> kinds() {
        return Catalog.names()
                .map(
                        name ->
                                framings()
                                        .filter(one -> one.replaceAll("\\(.*", "").equals(name))
                                        .findFirst()
                                        .orElseThrow());
    }

    private static String directory(String framing) {
        return framing.replaceAll("[^A-Za-z0-9]+", "-");
    }

    @ParameterizedTest
    @MethodSource("framings")
    void what_fuzzing_once_found_still_holds(String framing) throws IOException {
        Path kept = KEPT.resolve(directory(framing));
        if (Files.isDirectory(kept)) {
            try (Stream<Path> files = Files.list(kept)) {
                files.forEach(file -> FramingFuzzer.check(framing, content(file)));
            }
        }
        Example.all()
                .filter(one -> one.framing().equals(framing))
                .forEach(one -> FramingFuzzer.check(framing, one.bytes()));
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void no_bytes_break_a_framing(String framing) throws Exception {
        Path work = Files.createDirectories(WORK.resolve(directory(framing)));
        Path seeds = Files.createDirectories(WORK.resolve(directory(framing) + "-seeds"));
        int number = 0;
        for (Example example :
                Example.all().filter(one -> one.framing().equals(framing)).toList()) {
            Files.write(seeds.resolve("example-" + ++number), example.bytes());
        }
        Path output = WORK.resolve(directory(framing) + ".log");
        Process jazzer = start(framing, work, seeds, output);
        try {
            assertThat(jazzer.waitFor(SECONDS + 120L, TimeUnit.SECONDS)).isTrue();
            assertThat(jazzer.exitValue())
                    .as(
                            () ->
                                    "exit status; output:\n"
                                            + new String(content(output), StandardCharsets.UTF_8))
                    .isZero();
        } finally {
            jazzer.destroyForcibly();
        }
    }

    private static Process start(String framing, Path work, Path seeds, Path output)
            throws IOException {
        Path kept = KEPT.resolve(directory(framing));
        List<String> command =
                Stream.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xmx512m",
                                "-XX:TieredStopAtLevel=1", // half of the time would be compiling
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Jazzer.class.getName(),
                                "--target_class=" + FramingFuzzer.class.getName(),
                                "--target_args=" + framing,
                                "--instrumentation_includes=io.dermaga.engine.framing.**",
                                "--custom_hook_includes=io.dermaga.engine.framing.**",
                                "--reproducer_path=" + WORK,
                                "-artifact_prefix=" + work + "/",
                                "-max_total_time=" + SECONDS,
                                "-max_len=1024",
                                "-print_final_stats=1",
                                work.toString(),
                                seeds.toString(),
                                Files.isDirectory(kept) ? kept.toString() : "")
                        .filter(argument -> !argument.isEmpty())
                        .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
