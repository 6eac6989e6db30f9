package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The numbered messages of the resource adapter and docs/messages.md say the same. */
class MessagesTest {

    private static final Path DOCUMENT = Path.of("../../docs/messages.md");
    private static final Path MODULES = Path.of("..");
    private static final Pattern LITERAL = Pattern.compile("\"(DMG[0-9]{4})\\b ?([^\"]*)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (DMG[0-9]{4}) \\|([^|]*)\\|.*$");

    /** Number to the texts that the sources begin with it. */
    private static Map<String, List<String>> used() throws IOException {
        Map<String, List<String>> used = new TreeMap<>();
        try (Stream<Path> files = Files.walk(MODULES)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/"))
                    .flatMap(file -> LITERAL.matcher(read(file)).results())
                    .forEach(
                            hit ->
                                    used.computeIfAbsent(hit.group(1), number -> new ArrayList<>())
                                            .add(hit.group(2)));
        }
        return used;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<MatchResult> rows() {
        return ROW.matcher(read(DOCUMENT)).results().toList();
    }

    @Test
    void every_number_is_documented_once_with_cause_and_cure() throws IOException {
        List<String> documented = rows().stream().map(row -> row.group(1)).toList();
        assertThat(used()).hasSizeGreaterThan(30);
        assertThat(documented).doesNotHaveDuplicates().isSorted().containsAll(used().keySet());
        assertThat(rows())
                .extracting(MatchResult::group)
                .allMatch(row -> row.split("\\|", -1).length == 6)
                .noneMatch(row -> row.matches(".*\\|\\s*\\|.*"));
    }

    @Test
    void no_number_is_used_for_another_text_than_the_documented_one() throws IOException {
        Map<String, List<String>> used = used();
        for (MatchResult row : rows()) {
            List<String> texts = Arrays.asList(row.group(2).strip().split(" / ", -1));
            for (String text : used.getOrDefault(row.group(1), List.of())) {
                String words = text.replaceFirst("['%].*", "").strip();
                assertThat(texts)
                        .as("%s %s", row.group(1), text)
                        .anyMatch(documented -> documented.startsWith(words));
            }
        }
    }
}
