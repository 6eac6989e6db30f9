package io.dermaga.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.alerts.Alert;
import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.DeadLetterReplay;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.RecordingReplay;
import io.dermaga.dashboard.page.Waterfall;
import io.dermaga.dashboard.text.Notation;
import io.dermaga.dashboard.tree.ContentTree;
import io.dermaga.doctor.Check;
import io.dermaga.doctor.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Pattern USED = Pattern.compile("\\bt\\.([A-Za-z_]+)");

    @Test
    void english_and_german_have_the_same_keys() throws IOException {
        assertThat(keys("Texts_de.properties")).isEqualTo(keys("Texts.properties"));
    }

    @Test
    void no_text_is_empty() throws IOException {
        for (String file : Set.of("Texts.properties", "Texts_de.properties")) {
            assertThat(load(file).values())
                    .allSatisfy(text -> assertThat(text.toString()).isNotBlank());
        }
    }

    @Test
    void every_key_that_a_view_uses_exists() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> views = Files.walk(Path.of("src/main/webapp"))) {
            for (Path view : views.filter(path -> path.toString().endsWith(".xhtml")).toList()) {
                USED.matcher(Files.readString(view))
                        .results()
                        .forEach(use -> used.add(use.group(1)));
            }
        }
        assertThat(used).hasSizeGreaterThan(50);
        assertThat(keys("Texts.properties")).containsAll(used);
    }

    @Test
    void every_state_has_a_name() throws IOException {
        Set<String> keys = keys("Texts.properties");
        for (var state : ListenerState.values()) {
            assertThat(keys).contains("state_" + state);
        }
        for (var state : ConnectionState.values()) {
            assertThat(keys).contains("connection_" + state);
        }
        for (var hold : ConnectionSnapshot.Hold.values()) {
            assertThat(keys).contains("hold_" + hold, "holdWhy_" + hold);
        }
        for (var outcome : MessageRecord.Outcome.values()) {
            assertThat(keys).contains("outcome_" + outcome);
        }
        for (var leg : Waterfall.Leg.values()) {
            assertThat(keys).contains("leg_" + leg, "legWhat_" + leg);
        }
        for (var notation : Notation.values()) {
            assertThat(keys).contains("notation_" + notation, "labUnreadable_" + notation);
        }
        for (var check : Check.values()) {
            assertThat(keys).contains("check_" + check, "checkWhat_" + check, "checkCure_" + check);
        }
        for (var verdict : Verdict.values()) {
            assertThat(keys).contains("verdict_" + verdict);
        }
        for (var format : ContentTree.Format.values()) {
            assertThat(keys).contains("tree_" + format);
        }
        for (var end : ContentTree.End.values()) {
            assertThat(keys).contains("treeEnd_" + end);
        }
        for (var state : Alert.State.values()) {
            assertThat(keys).contains("alert_" + state);
        }
        for (var state : DeadLetterReplay.State.values()) {
            assertThat(keys).contains("replay_" + state);
        }
        for (var state : Recording.State.values()) {
            assertThat(keys).contains("recording_" + state, "recordingWhy_" + state);
        }
        for (var state : RecordingReplay.State.values()) {
            assertThat(keys).contains("playback_" + state);
        }
        for (var replies : RecordingReplay.Replies.values()) {
            assertThat(keys).contains("replies_" + replies);
        }
    }

    @Test
    void an_english_reader_of_a_german_server_reads_english() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMAN);
            ResourceBundle.clearCache();
            assertThat(
                            ResourceBundle.getBundle("io.dermaga.dashboard.Texts", Locale.ENGLISH)
                                    .getString("overview"))
                    .isEqualTo("Overview");
        } finally {
            Locale.setDefault(before);
            ResourceBundle.clearCache();
        }
    }

    private static Set<String> keys(String file) throws IOException {
        return new TreeSet<>(load(file).stringPropertyNames());
    }

    private static Properties load(String file) throws IOException {
        Properties texts = new Properties();
        try (var reader =
                Files.newBufferedReader(Path.of("src/main/resources/io/dermaga/dashboard", file))) {
            texts.load(reader);
        }
        return texts;
    }
}
