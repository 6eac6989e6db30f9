package io.dermaga.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The server's log: every line into a file; warnings and numbered messages also to the console, one
 * line each. One thread follows the server's output; any thread may ask.
 */
public final class ServerLog {

    /** The line of {@code logging.properties}: date, time, level, logger, message. */
    private static final Pattern HEAD =
            Pattern.compile(
                    "\\d{4}-\\d\\d-\\d\\d (\\d\\d:\\d\\d:\\d\\d)\\.\\d{3} ([A-Z]+) (\\S+) (.*)");

    private static final Pattern NUMBERED = Pattern.compile("\\bDMG\\d{4}\\b");
    private static final Pattern READY = Pattern.compile("Payara Micro .* ready in ");
    private static final int LONGEST_CONSOLE_LINE = 400;
    private static final int KEPT = 1_000;
    private static final int TAIL = 25;

    private final Path file;
    private final Consumer<String> console;
    private final Deque<String> numbered = new ArrayDeque<>();
    private final Deque<String> tail = new ArrayDeque<>();
    private boolean ready;

    ServerLog(Path file, Consumer<String> console) {
        this.file = file;
        this.console = console;
    }

    /** The file that holds every line. */
    public Path file() {
        return file;
    }

    /**
     * The newest of the messages {@code DMGnnnn} which the pattern finds; the last 1,000 are kept.
     */
    public synchronized Optional<String> numbered(Pattern pattern) {
        return numbered.stream()
                .filter(line -> pattern.matcher(line).find())
                .reduce((older, newer) -> newer);
    }

    /** Whether the server said that everything is deployed. */
    synchronized boolean isReady() {
        return ready;
    }

    /** The last lines, for an error message. */
    public synchronized String tail() {
        return String.join(System.lineSeparator(), List.copyOf(tail));
    }

    /** Copies the server's output until it ends. */
    Thread follow(InputStream output) {
        Thread thread = new Thread(() -> copy(output), "dermaga-server-log");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void copy(InputStream output) {
        try (BufferedReader reader =
                        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
                Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            String line;
            while ((line = reader.readLine()) != null) {
                writer.write(line);
                writer.write(System.lineSeparator());
                if (!reader.ready()) {
                    writer.flush();
                }
                take(line);
            }
        } catch (IOException closed) {
            console.accept("DMG5008 the server's log cannot be written: " + closed);
        }
    }

    private void take(String line) {
        remember(line);
        String shown = consoleLine(line);
        if (shown != null) {
            console.accept(shown);
        }
    }

    private synchronized void remember(String line) {
        keep(tail, line, TAIL);
        if (NUMBERED.matcher(line).find()) {
            keep(numbered, line, KEPT);
        }
        ready |= READY.matcher(line).find();
    }

    private static void keep(Deque<String> lines, String line, int most) {
        if (lines.size() == most) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    /** The line as the console shows it, or null where it does not. */
    static @Nullable String consoleLine(String line) {
        Matcher head = HEAD.matcher(line);
        if (!head.matches()) {
            return null;
        }
        String level = head.group(2);
        String message = head.group(4);
        boolean warning = level.equals("WARNING") || level.equals("SEVERE");
        boolean isNumbered = NUMBERED.matcher(message).find();
        if (!warning && !isNumbered) {
            return null;
        }
        String origin = isNumbered ? "" : head.group(3) + ": ";
        String text = head.group(1) + " " + (warning ? level + " " : "") + origin + message;
        return text.length() <= LONGEST_CONSOLE_LINE
                ? text
                : text.substring(0, LONGEST_CONSOLE_LINE) + " …";
    }
}
