package io.dermaga.engine.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterFilter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept stays, whatever ends the process. */
class DeadLetterCrashTest {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private static final Pattern TOLD = Pattern.compile("write\\(1<.*(t8k3x1ab-1\\.1|deleted)");

    private final List<String> warnings = new ArrayList<>();

    private static List<String> keeper(Path directory, int most) {
        return List.of(
                JAVA.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Letters.class.getName(),
                directory.toString(),
                Integer.toString(most));
    }

    /** A process that has kept so many letters, and goes on. */
    private static Process keeping(Path directory, Path output, int letters) throws IOException {
        Process process =
                new ProcessBuilder(keeper(directory, Integer.MAX_VALUE))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readAllLines(output).size() >= letters);
            return process;
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 77})
    void every_letter_that_was_kept_before_kill_9_is_there_intact(int kept, @TempDir Path folder)
            throws Exception {
        Path directory = folder.resolve("dead-letters");
        Path output = folder.resolve("output");
        Process process = keeping(directory, output, kept);
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

        List<String> printed = complete(Files.readString(output));
        assertThat(printed).hasSizeGreaterThanOrEqualTo(kept);
        try (DeadLetterStore store =
                new DeadLetterStore(directory, Long.MAX_VALUE, warnings::add)) {
            assertThat(store.size()).isBetween(printed.size(), printed.size() + 1);
            for (DeadLetter letter : store.page(DeadLetterFilter.ALL, null, Integer.MAX_VALUE)) {
                int number = Integer.parseInt(letter.id().substring("t8k3x1ab-1.".length()));
                String content = Letters.content(number);
                assertThat(store.find(letter.id()))
                        .contains(Letters.letter(letter.id(), content, number));
                try (InputStream bytes = store.content(letter.id()).orElseThrow()) {
                    assertThat(bytes).hasBinaryContent(Letters.bytes(content));
                }
            }
            for (String id : printed) {
                assertThat(store.find(id)).as(id).isPresent();
            }
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void the_letters_of_another_process_are_left_alone(@TempDir Path folder) throws Exception {
        Path directory = folder.resolve("dead-letters");
        Process process = keeping(directory, folder.resolve("output"), 1);
        try (DeadLetterStore store =
                new DeadLetterStore(directory, Long.MAX_VALUE, warnings::add)) {
            assertThat(store.size()).isZero();
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(warnings).singleElement().asString().startsWith("DMG3204 dead letters in '");
    }

    /** Lines that were printed to their end. */
    private static List<String> complete(String output) {
        return output.substring(0, output.lastIndexOf('\n') + 1).lines().toList();
    }

    /** A lost power supply needs more than kill -9: what was not forced is gone then. */
    @Test
    void everything_is_forced_before_the_facts_get_their_name_and_that_before_anybody_is_told(
            @TempDir Path folder) throws Exception {
        Path trace = folder.resolve("trace");
        List<String> command = new ArrayList<>();
        command.addAll(List.of("strace", "-f", "-y", "-s", "256", "-o", trace.toString()));
        command.addAll(List.of("-e", "trace=fsync,rename,renameat,renameat2,write,unlink"));
        command.addAll(keeper(folder.resolve("dead-letters"), 1));
        assumeThat(run(command)).as("strace works here").isZero();

        List<String> calls = new ArrayList<>();
        for (String line : Files.readString(trace, StandardCharsets.ISO_8859_1).lines().toList()) {
            String call = call(line);
            if (!call.isEmpty()) {
                calls.add(call);
            }
        }
        assertThat(calls)
                .containsExactly(
                        "force payload",
                        "force temporary facts",
                        "rename facts",
                        "force directory",
                        "tell",
                        "remove facts",
                        "force directory",
                        "remove payload",
                        "tell");
    }

    private static String call(String line) {
        boolean force = line.contains("fsync(");
        if (force && line.contains(".payload>")) {
            return "force payload";
        }
        if (force && line.contains(".properties.tmp>")) {
            return "force temporary facts";
        }
        if (force && line.contains("/dead-letters>")) {
            return "force directory";
        }
        if (line.contains("rename") && line.contains(".properties.tmp\"")) {
            return "rename facts";
        }
        if (line.contains("unlink(")) {
            boolean there = line.endsWith("= 0");
            return there && line.contains(".properties\"")
                    ? "remove facts"
                    : there && line.contains(".payload\"") ? "remove payload" : "";
        }
        return TOLD.matcher(line).find() ? "tell" : "";
    }

    private static int run(List<String> command) throws Exception {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1; // there is no strace
        }
    }
}
