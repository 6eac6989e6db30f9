package io.dermaga.it.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What lives in another JVM, as the JDK's own {@code jcmd} tells: a class histogram (after a full
 * collection) and a thread dump.
 *
 * @param histogram lines of {@code GC.class_histogram}
 * @param threads lines of {@code Thread.print}
 */
public record Census(List<String> histogram, List<String> threads) {

    /** Looks at a process. */
    public static Census of(long pid) {
        return new Census(jcmd(pid, "GC.class_histogram"), jcmd(pid, "Thread.print"));
    }

    /** Bytes of the instances of classes with these beginnings. */
    public long bytesOf(String... packages) {
        return rows(packages).mapToLong(row -> Long.parseLong(row[2])).sum();
    }

    /** The classes with these beginnings that have instances, or whose enum constants are alive. */
    public List<String> classesOf(String... packages) {
        return rows(packages).map(row -> row[3]).toList();
    }

    /** Names of the threads that contain one of the words. */
    public List<String> threadsNamed(String... words) {
        return threads.stream()
                .filter(line -> line.startsWith("\""))
                .filter(line -> Stream.of(words).anyMatch(line::contains))
                .toList();
    }

    private Stream<String[]> rows(String... packages) {
        return histogram.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row.length >= 4 && row[0].endsWith(":"))
                .filter(
                        row ->
                                Stream.of(packages)
                                        .anyMatch(row[3].replaceAll("^\\[+L?", "")::startsWith));
    }

    private static List<String> jcmd(long pid, String command) {
        try {
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                            .toString(),
                                    Long.toString(pid),
                                    command)
                            .redirectErrorStream(true)
                            .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
