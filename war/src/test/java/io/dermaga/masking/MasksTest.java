package io.dermaga.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetter.Failure;
import io.dermaga.api.monitor.DeadLetter.Origin;
import io.dermaga.api.monitor.DeadLetter.Replays;
import io.dermaga.api.monitor.DeadLetterGroup;
import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {

    private static final String ADT =
            "MSH|^~\\&|LAB|WEST|||20260301||ADT^A01|17|P|2.5\r"
                    + "PID|1||4711^^^HOSP^MR~99^^^X||DOE^JANE||19800101|F\r"
                    + "PV1|1|I|W1";

    private static String covered(String rules, String text) {
        return new Masks(listener -> rules).text("orders", text);
    }

    @ParameterizedTest
    @CsvSource({
        "'pay 4111111111111111 now', 'pay 411111******1111 now'",
        "'4111-1111-1111-1111', '4111-11**-****-1111'",
        "'4111 1111 1111 1111', '4111 11** **** 1111'",
        "'378282246310005', '378282*****0005'",
        "'4111111111111112', '4111111111111112'",
        "'411111111111', '411111111111'",
        "'two: 4111111111111111,5500005555555559', 'two: 411111******1111,550000******5559'",
        "'41111111111111111111111111', '41111111111111111111111111'"
    })
    void numbers_of_cards_are_covered_and_no_others(String text, String covered) {
        assertThat(covered("pan", text)).isEqualTo(covered);
    }

    @Test
    void fields_of_hl7_are_covered_with_all_repetitions_and_components() {
        assertThat(covered("hl7(PID-3, PID-5)", ADT))
                .isEqualTo(
                        "MSH|^~\\&|LAB|WEST|||20260301||ADT^A01|17|P|2.5\r"
                                + "PID|1||****^^^****^**~**^^^*||***^****||19800101|F\r"
                                + "PV1|1|I|W1");
    }

    @Test
    void fields_of_a_header_are_counted_with_the_separator_as_the_first() {
        assertThat(covered("hl7(MSH-3)", ADT)).startsWith("MSH|^~\\&|***|WEST|");
        assertThat(covered("hl7(MSH-9)", ADT)).contains("||***^***|17|");
    }

    @Test
    void a_message_may_have_separators_of_its_own() {
        assertThat(covered("hl7(PID-5)", "MSH#*!\\&#LAB\rPID#1###DOE*JANE#a*bc#x"))
                .isEqualTo("MSH#*!\\&#LAB\rPID#1###DOE*JANE#****#x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MSH", "no message", "MSH|", "PID|1||4711", "MSH|^~\\&|\rPI"})
    void what_is_no_hl7_stays_as_it_is(String text) {
        assertThat(covered("hl7(PID-3)", text)).isEqualTo(text);
    }

    @Test
    void expressions_cover_what_they_match_or_only_their_groups() {
        assertThat(covered("regex(AHV [0-9.]+)", "AHV 756.1 and AHV 756.2"))
                .isEqualTo("********* and *********");
        assertThat(covered("regex(name=(\\w+),), pan", "name=doe,4111111111111111"))
                .isEqualTo("name=***,411111******1111");
        assertThat(covered("regex([)(]x)", "a)x(x")).isEqualTo("a****");
    }

    @Test
    void a_content_keeps_its_length_and_bytes_that_are_no_text_of_its_charset() {
        byte[] broken = {(byte) 0xff, 0, '4', '7', '1', '1', (byte) 0xc3};
        byte[] covered = new Masks(any -> "regex(4711)").bytes("orders", broken, "UTF-8");

        assertThat(covered).containsExactly((byte) 0xff, 0, '*', '*', '*', '*', (byte) 0xc3);
    }

    @Test
    void a_whole_content_is_whole_though_a_character_of_several_bytes_was_covered() {
        byte[] text = "é=4711".getBytes(StandardCharsets.UTF_8);
        MessageContent content =
                new Masks(any -> "regex(.=4711)")
                        .content(
                                "orders",
                                new MessageContent(
                                        "m", ByteBuffer.wrap(text), text.length, "UTF-8"));

        assertThat(content.complete()).isTrue();
        assertThat(StandardCharsets.UTF_8.decode(content.head()).toString()).isEqualTo("******");
    }

    @Test
    void the_failures_of_a_dead_letter_are_covered_where_they_quote_it() {
        Instant at = Instant.EPOCH;
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        DeadLetter letter =
                new DeadLetter(
                        "1-1",
                        "orders",
                        "Orders",
                        "",
                        new Origin("c-1", address, address, at, null),
                        3,
                        "UTF-8",
                        at,
                        new Failure(at, at, 1, "no card 4111111111111111", "at 5500000000000004"),
                        true,
                        Replays.NONE.failedAgain(at, "again 4111111111111111"));

        DeadLetter covered = new Masks(any -> "pan").letter(letter);

        assertThat(covered.failure().cause()).isEqualTo("no card 411111******1111");
        assertThat(covered.failure().stack()).isEqualTo("at 550000******0004");
        assertThat(covered.replays().lastError()).isEqualTo("again 411111******1111");
        assertThat(covered)
                .usingRecursiveComparison()
                .ignoringFields("failure.cause", "failure.stack", "replays.lastError")
                .isEqualTo(letter);
        assertThat(new Masks(any -> "").letter(letter)).isEqualTo(letter);
    }

    @Test
    void events_and_groups_of_dead_letters_are_covered_as_errors_are() {
        Masks masks = new Masks(listener -> listener.equals("lab") ? "regex(patient (\\w+))" : "");
        MonitorEvent event =
                new MonitorEvent(
                        7, Instant.EPOCH, Kind.DELIVERY_FAILED, "lab", "c", "no patient Doe here");
        DeadLetterGroup group = new DeadLetterGroup("no patient Doe here", 3, Instant.EPOCH);

        assertThat(masks.event(event).text()).isEqualTo("no patient *** here");
        assertThat(masks.event(event))
                .usingRecursiveComparison()
                .ignoringFields("text")
                .isEqualTo(event);
        MonitorEvent ofAdapter =
                new MonitorEvent(7, Instant.EPOCH, Kind.ERROR, null, null, "patient Doe");
        assertThat(masks.event(ofAdapter)).isEqualTo(ofAdapter);
        assertThat(masks.group(group, List.of("orders", "lab")).fault())
                .isEqualTo("no patient *** here");
        assertThat(masks.group(group, List.of("orders"))).isEqualTo(group);
    }

    @Test
    void what_a_peer_was_told_of_a_content_is_covered_with_it() {
        MessageContent content =
                new MessageContent(
                        "c.1",
                        ByteBuffer.wrap("4111111111111111".getBytes(StandardCharsets.UTF_8)),
                        16,
                        "UTF-8",
                        ByteBuffer.wrap("no: 5500000000000004".getBytes(StandardCharsets.UTF_8)));

        MessageContent covered = new Masks(any -> "pan").content("orders", content);

        assertThat(covered.text()).isEqualTo("411111******1111");
        assertThat(StandardCharsets.UTF_8.decode(covered.acknowledgement()).toString())
                .isEqualTo("no: 550000******0004");
    }

    @Test
    void without_rules_nothing_is_copied() {
        byte[] bytes = {1, 2, 3};
        assertThat(new Masks(any -> "").bytes("orders", bytes, "UTF-8")).isSameAs(bytes);
        assertThat(new Masks(any -> "").covers("orders")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "card",
                "pan pan",
                "pan(6)",
                "hl7",
                "hl7()",
                "hl7(PID)",
                "hl7(PID-0)",
                "iso8583",
                "iso8583()",
                "iso8583(1)",
                "iso8583(0)",
                "iso8583(129)",
                "iso8583(2;35)",
                "iso8583(PAN)",
                "regex([)",
                "regex((a)",
                "regex(a*)",
                "regex()",
                "pan,,pan",
                "pan)"
            })
    void rules_that_cannot_be_read_are_refused_with_what_is_allowed_and_all_is_covered(
            String rules) {
        assertThatThrownBy(() -> MaskRules.parse("dermaga.mask.orders", rules))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("DMG4701 property 'dermaga.mask.orders': given '" + rules)
                .hasMessageContaining(
                        "allowed: pan, hl7(SEG-N, …) with fields as PID-5, iso8583(N, …)");
        assertThat(covered(rules, "secret")).isEqualTo("******");
    }
}
