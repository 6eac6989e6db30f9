package io.dermaga.it.history;

import io.dermaga.it.support.Built;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The adapter with one line of its engine changed, to see that a test finds what is wrong then. */
final class MutatedAdapter {

    private MutatedAdapter() {}

    /**
     * Builds it.
     *
     * @param directory for it, made if missing; what is in it is replaced
     * @param source of the class, from the engine's root of sources on
     * @param line that is there exactly once
     * @param mutation that takes its place
     * @return {@code dermaga.rar}
     */
    static Path build(Path directory, String source, String line, String mutation)
            throws IOException {
        Path jars = Files.createDirectories(directory.resolve("jars"));
        Path rar =
                Files.copy(
                        Built.rar(),
                        directory.resolve("dermaga.rar"),
                        StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem archive = FileSystems.newFileSystem(rar)) {
            for (Path jar : jarsIn(archive.getPath("/"))) {
                Files.copy(
                        jar,
                        jars.resolve(jar.getFileName().toString()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            Path classes = compile(directory, jars, mutated(directory, source, line, mutation));
            Path engine =
                    jarsIn(archive.getPath("/")).stream()
                            .filter(
                                    jar ->
                                            jar.getFileName()
                                                    .toString()
                                                    .startsWith("dermaga-engine"))
                            .findFirst()
                            .orElseThrow();
            Path changed = jars.resolve(engine.getFileName().toString());
            replace(changed, classes);
            Files.copy(changed, engine, StandardCopyOption.REPLACE_EXISTING);
        }
        return rar;
    }

    private static List<Path> jarsIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static Path mutated(Path directory, String source, String line, String mutation)
            throws IOException {
        Path original = Built.project().resolve("rar/engine/src/main/java").resolve(source);
        String text = Files.readString(original);
        if (text.indexOf(line) < 0 || text.indexOf(line) != text.lastIndexOf(line)) {
            throw new IllegalStateException("'%s' is not once in %s".formatted(line, original));
        }
        Path file = directory.resolve("source").resolve(source);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text.replace(line, mutation));
    }

    private static Path compile(Path directory, Path jars, Path source) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        String path =
                Stream.concat(jarsIn(jars).stream(), Stream.of(Built.jarOf(Nullable.class)))
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator));
        StringWriter words = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled =
                    compiler.getTask(
                                    words,
                                    files,
                                    null,
                                    List.of(
                                            "-proc:none",
                                            "-classpath",
                                            path,
                                            "-d",
                                            classes.toString()),
                                    null,
                                    files.getJavaFileObjects(source))
                            .call();
            if (!compiled) {
                throw new IllegalStateException(words.toString());
            }
        }
        return classes;
    }

    private static void replace(Path jar, Path classes) throws IOException {
        try (FileSystem archive = FileSystems.newFileSystem(jar);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file,
                        archive.getPath("/" + classes.relativize(file)),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
