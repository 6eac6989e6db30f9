package io.dermaga.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.history.HistoryStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/metrics.md, the dashboard for Grafana and the endpoint say the same. */
class DocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/metrics.md");
    private static final Path GRAFANA = Path.of("../docs/grafana/dermaga.json");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(dermaga_\\w+)` \\| (\\w+) \\|([^|]*)\\| ([^|]+) \\|$");
    private static final Pattern LABEL = Pattern.compile("`(\\w+)`");
    private static final Pattern USED = Pattern.compile("\\b(?:dermaga|jvm|process)_\\w+");

    private static Scrape scrape() {
        return Scrape.of(
                Complete.adapter("orders"), new HistoryStatus(null, 4, 5, 6, null, 0, null));
    }

    @Test
    void each_metric_is_documented_with_its_type() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .forEach(row -> documented.put(row.group(1), row.group(2)));

        assertThat(documented).isEqualTo(scrape().types());
    }

    @Test
    void each_metric_is_documented_with_its_labels() throws IOException {
        Map<String, Set<String>> documented = new TreeMap<>();
        ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .forEach(row -> documented.put(row.group(1), names(LABEL, row.group(3))));
        Map<String, Set<String>> told = new TreeMap<>();
        Scrape scrape = scrape();
        scrape.types().keySet().forEach(name -> told.put(name, new TreeSet<>()));
        Pattern label = Pattern.compile("(\\w+)=\"");
        scrape.samples()
                .keySet()
                .forEach(
                        sample -> {
                            String name = family(sample.replaceFirst("\\{.*", ""), told.keySet());
                            Set<String> labels = names(label, sample);
                            labels.remove("le");
                            told.computeIfAbsent(name, key -> new TreeSet<>()).addAll(labels);
                        });

        assertThat(documented).isEqualTo(told);
    }

    @Test
    void no_label_is_of_a_peer_or_a_connection() {
        assertThat(
                        scrape().samples().keySet().stream()
                                .flatMap(
                                        sample ->
                                                names(Pattern.compile("(\\w+)=\""), sample)
                                                        .stream())
                                .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "listener",
                        "reason",
                        "outcome",
                        "state",
                        "number",
                        "version",
                        "transport",
                        "le");
    }

    @Test
    void every_metric_of_the_dashboard_for_grafana_is_documented() throws IOException {
        String document = Files.readString(DOCUMENT);
        Set<String> documented =
                Pattern.compile("`((?:dermaga|jvm|process)_\\w+)`")
                        .matcher(document)
                        .results()
                        .map(row -> row.group(1))
                        .collect(Collectors.toSet());
        Set<String> used =
                USED.matcher(Files.readString(GRAFANA))
                        .results()
                        .map(use -> family(use.group(), documented))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).hasSizeGreaterThan(15);
        assertThat(documented).containsAll(used);
    }

    /** The histogram that a sample belongs to; else its own name. */
    private static String family(String sample, Set<String> families) {
        String base = sample.replaceFirst("_(bucket|sum|count)$", "");
        return families.contains(sample) ? sample : base;
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(hit -> hit.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
