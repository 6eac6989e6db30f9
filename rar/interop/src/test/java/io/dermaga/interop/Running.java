package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program that runs, with its input open. Closing it ends it. */
final class Running implements AutoCloseable {

    private final Path output;
    private final Process process;

    Running(Program program, Object... arguments) throws IOException {
        this.output = Files.createTempFile("interop", ".txt");
        this.process = program.start(output, arguments);
    }

    /** Gives it input. */
    Running send(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return this;
    }

    /** Ends its input. */
    Running end() throws IOException {
        process.getOutputStream().close();
        return this;
    }

    /** Kills it; gives it no time for anything. */
    Running kill() {
        process.destroyForcibly();
        return this;
    }

    /** Whether it has ended. */
    boolean isOver() {
        return !process.isAlive();
    }

    /** What it has printed so far. */
    String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has printed the text. */
    String until(String text) {
        await().until(() -> printed().contains(text) || isOver());
        assertThat(printed()).contains(text);
        return printed();
    }

    /** Waits until it has ended by itself. */
    int status() throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as("has ended, having printed: %s", printed())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        kill();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        Files.deleteIfExists(output);
    }
}
