package io.dermaga;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security.md leaves no requirement out and names no test that is not there. */
class SecurityDocumentTest {

    private static final Path PROJECT = Path.of("..");
    private static final Path DOCUMENT = PROJECT.resolve("docs/security.md");

    /** How many requirements of levels 1 and 2 a section has; they are its first. */
    private static final String SECTIONS =
            """
            1.1 2, 1.2 9, 1.3 11, 1.4 3, 1.5 2, 2.1 3, 2.2 3, 2.3 4, 2.4 1,
            3.2 2, 3.3 4, 3.4 6, 3.5 5, 3.7 2, 4.1 3, 4.2 1, 4.3 2, 4.4 4,
            5.1 1, 5.2 3, 5.3 2, 5.4 3, 6.1 3, 6.2 12, 6.3 4, 6.4 4, 6.5 5, 6.6 3, 6.8 4,
            7.1 3, 7.2 4, 7.3 2, 7.4 5, 7.5 2, 7.6 2, 8.1 2, 8.2 3, 8.3 1, 8.4 1,
            9.1 3, 9.2 4, 10.1 2, 10.2 2, 10.3 4, 10.4 11, 10.5 5, 10.6 2, 10.7 3,
            11.1 2, 11.2 3, 11.3 3, 11.4 4, 11.5 1, 11.6 1, 12.1 3, 12.2 2, 12.3 4,
            13.1 1, 13.2 5, 13.3 2, 13.4 5, 14.1 2, 14.2 4, 14.3 3, 15.1 3, 15.2 3, 15.3 7,
            16.1 1, 16.2 5, 16.3 4, 16.4 3, 16.5 3, 17.1 1, 17.2 4, 17.3 2
            """;

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9][0-9., ]*) \\|.*$");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:IT|Test))(?:\\.(\\w+))?`");

    private static String document() throws IOException {
        return Files.readString(DOCUMENT);
    }

    private static List<String> required() {
        return Stream.of(SECTIONS.strip().split(",\\s*"))
                .map(section -> section.split(" "))
                .flatMap(
                        section ->
                                IntStream.rangeClosed(1, Integer.parseInt(section[1]))
                                        .mapToObj(number -> section[0] + '.' + number))
                .toList();
    }

    /** Sources of tests by their class. */
    private static Map<String, Path> tests() throws IOException {
        Map<String, Path> tests = new TreeMap<>();
        List<Path> modules = new ArrayList<>();
        for (String directory : List.of("rar", "war", "ear")) {
            modules.add(PROJECT.resolve(directory));
        }
        for (Path module : modules) {
            try (Stream<Path> files = Files.walk(module)) {
                files.filter(file -> file.toString().contains("/src/test/java/"))
                        .filter(file -> file.toString().endsWith(".java"))
                        .forEach(
                                file ->
                                        tests.put(
                                                file.getFileName().toString().replace(".java", ""),
                                                file));
            }
        }
        return tests;
    }

    private static boolean has(Path source, String method) {
        try {
            return Files.readString(source).contains("void " + method + "(");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void every_requirement_of_levels_1_and_2_is_listed_once() throws IOException {
        List<String> listed =
                ROW.matcher(document())
                        .results()
                        .flatMap(row -> Stream.of(row.group(1).split(",\\s*")))
                        .toList();

        assertThat(required()).hasSize(253);
        assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(required());
    }

    @Test
    void every_test_that_it_names_exists() throws IOException {
        Map<String, Path> tests = tests();
        List<String> missing =
                TEST.matcher(document())
                        .results()
                        .filter(
                                test ->
                                        !tests.containsKey(test.group(1))
                                                || (test.group(2) != null
                                                        && !has(
                                                                tests.get(test.group(1)),
                                                                test.group(2))))
                        .map(MatchResult::group)
                        .distinct()
                        .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void what_holds_is_shown_by_something() throws IOException {
        String text = document();
        String holds =
                text.substring(
                        text.indexOf("## What holds"), text.indexOf("## What does not hold"));
        List<String> rows = ROW.matcher(holds).results().map(MatchResult::group).toList();

        assertThat(rows).hasSizeGreaterThan(100);
        assertThat(
                        rows.stream()
                                .map(row -> row.split("\\|"))
                                .filter(
                                        cells ->
                                                cells.length != 5
                                                        || !(TEST.matcher(cells[4]).find()
                                                                || List.of(
                                                                                "review",
                                                                                "the build",
                                                                                "the server")
                                                                        .contains(
                                                                                cells[4].strip())))
                                .map(cells -> cells[1])
                                .collect(Collectors.toList()))
                .isEmpty();
    }
}
