package io.dermaga.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.alerts.Away.Part;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.settings.KnownSetting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Rules read(String... namesAndTexts) {
        Map<String, KnownSetting> written = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            written.put(namesAndTexts[i], new KnownSetting("", namesAndTexts[i + 1], "file f"));
        }
        return Rules.read(written);
    }

    private static Rule rule(Rules rules, String name) {
        return rules.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Stream<Arguments> written() {
        return Stream.of(
                Arguments.of(
                        "silence(listener=lab, for=5m)", new Silence("lab", Duration.ofMinutes(5))),
                Arguments.of(
                        "  silence ( for = 90s , listener = lab-2_x )  ",
                        new Silence("lab-2_x", Duration.ofSeconds(90))),
                Arguments.of(
                        "rate(listener=orders, above=2000/s, for=1m)",
                        new Rate("orders", true, 2000, MINUTE)),
                Arguments.of("rate(below=30/m, for=1m)", new Rate(null, false, 0.5, MINUTE)),
                Arguments.of(
                        "rate(below=1.5/h, for=7d)",
                        new Rate(null, false, 1.5 / 3600, Duration.ofDays(7))),
                Arguments.of(
                        "errors(listener=orders, above=10, within=1m)",
                        new Errors("orders", null, 10, MINUTE)),
                Arguments.of(
                        "errors(number=DMG2107, above=0, within=1m)",
                        new Errors(null, "DMG2107", 0, MINUTE)),
                Arguments.of("dead-letters(above=0)", new DeadLetters(null, 0, null)),
                Arguments.of(
                        "dead-letters(listener=lab, above=9, within=1m)",
                        new DeadLetters("lab", 9, MINUTE)),
                Arguments.of("back-pressure(for=1m)", new BackPressure(null, MINUTE)),
                Arguments.of(
                        "certificate(before=366d)", new Certificates(null, Duration.ofDays(366))),
                Arguments.of(
                        "state(listener=lab, is=connecting, for=1m)",
                        new InState("lab", ListenerState.CONNECTING, MINUTE)),
                Arguments.of("adapter(for=1m)", new Away(Part.ADAPTER, MINUTE)),
                Arguments.of("spool(for=1m)", new Away(Part.SPOOL, MINUTE)),
                Arguments.of("history(for=1m)", new Away(Part.HISTORY, MINUTE)),
                Arguments.of("disk(below=2GiB)", new DiskSpace(2L << 30)));
    }

    @ParameterizedTest
    @MethodSource("written")
    void a_rule_is_one_line(String text, Condition meant) {
        Rules rules = read("mine", text);

        assertThat(rules.problems()).isEmpty();
        assertThat(rule(rules, "mine").condition()).isEqualTo(meant);
        assertThat(rule(rules, "mine").source()).isEqualTo("file f");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "silense(for=5m) | given 'silense(for=5m)', allowed: off, or one of silence, rate,",
                "silence | given 'silence', allowed: off, or one of",
                "silence(listener=lab, for=5m) and more | given 'silence(listener=lab, for=5m) and",
                "silence(for=5m) | listener: given '', allowed: the name of a listener",
                "silence(listener=l ab, for=5m) | listener: given 'l ab', allowed: the name of a",
                "silence(listener=lab) | for: given '', allowed: 1s to 7d, as 30s, 5m, 2h, 14d",
                "silence(listener=lab, for=5 minutes) | for: given '5 minutes', allowed: 1s to 7d",
                "silence(listener=lab, for=0s) | for: given '0s', allowed: 1s to 7d",
                "silence(listener=lab, for=8d) | for: given '8d', allowed: 1s to 7d",
                "silence(listener=lab, for=999999999d) | for: given '999999999d', allowed: 1s to",
                "silence(listener=lab, for=5m, for=6m) | parameter: given 'for=6m', allowed: for",
                "silence(listner=lab, listener=lab, for=5m) | parameter: given 'listner=lab', allowed: listener",
                "silence(lab, listener=lab, for=5m) | parameter: given 'lab', allowed: listener, for, each as",
                "rate(for=1m) | below: given '', allowed: payloads for a time, as 2000/s, 10/m",
                "rate(above=2000, for=1m) | above: given '2000', allowed: payloads for a time",
                "rate(above=1/s, below=1/s, for=1m) | given 'above and below', allowed: one of",
                "errors(above=ten, within=1m) | above: given 'ten', allowed: 0 to 999999999",
                "errors(above=-1, within=1m) | above: given '-1', allowed: 0 to 999999999",
                "errors(number=2107, above=1, within=1m) | number: given '2107', allowed: a number",
                "errors(listener=a, number=DMG2107, above=1, within=1m) | given 'listener and",
                "dead-letters(listener=a, above=1) | given 'listener', allowed: listener together",
                "certificate(before=367d) | before: given '367d', allowed: 1s to 366d",
                "state(is=BROKEN, for=1m) | is: given 'BROKEN', allowed: STARTING, LISTENING,",
                "disk(below=10%) | below: given '10%', allowed: a size, as 512MiB, 10GiB",
                "adapter() | for: given '', allowed: 1s to 7d",
            })
    void a_bad_rule_is_told_with_what_was_given_and_what_is_allowed(String text, String told) {
        Rules rules = read("mine", text);

        assertThat(rules.problems())
                .singleElement()
                .asString()
                .startsWith("DMG4653 property 'dermaga.alert.mine': ")
                .contains(told);
        assertThat(rules.all()).extracting(Rule::name).doesNotContain("mine");
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        Rules rules =
                read(
                        "one", "rate(listener=a b, above=x, for=y)",
                        "two", "nothing",
                        "Three!", "disk(below=1GiB)",
                        "four", "disk(below=1GiB)");

        assertThat(rules.problems()).hasSize(5);
        assertThat(rules.all()).extracting(Rule::name).contains("four");
    }

    @Test
    void what_is_built_in_can_be_changed_and_switched_off_and_a_bad_change_leaves_it() {
        List<String> names = read().all().stream().map(Rule::name).toList();
        assertThat(names)
                .containsExactly(
                        "adapter",
                        "listener-failed",
                        "certificate",
                        "dead-letters",
                        "back-pressure",
                        "spool",
                        "history",
                        "disk");
        assertThat(read().problems()).isEmpty();

        Rules changed =
                read("disk", "off", "certificate", "certificate(before=30d)", "spool", "spool(1m)");

        assertThat(changed.all()).extracting(Rule::name).doesNotContain("disk");
        assertThat(rule(changed, "certificate").condition())
                .isEqualTo(new Certificates(null, Duration.ofDays(30)));
        assertThat(rule(changed, "spool").source()).isEqualTo(Rule.BUILT_IN);
        assertThat(changed.problems()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void the_example_of_each_kind_can_be_read(Kind kind) {
        assertThat(read("mine", kind.example()).problems()).isEmpty();
    }

    @Test
    void more_rules_than_there_may_be_are_told() {
        String[] many =
                IntStream.rangeClosed(1, Rules.MOST + 1)
                        .mapToObj(i -> "r" + i)
                        .flatMap(name -> Stream.of(name, "adapter(for=1m)"))
                        .toArray(String[]::new);

        Rules rules = read(many);

        assertThat(rules.problems())
                .containsExactly(
                        "DMG4653 property 'dermaga.alert.*': given '101 rules', allowed: at most 100 rules");
        assertThat(rules.all()).hasSize(read().all().size() + Rules.MOST);
    }
}
