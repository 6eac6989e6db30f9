package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.Payload;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.PayloadTrace;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingSource;
import io.dermaga.engine.settings.SettingsException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bean is told of the trace of its payload is what the feed leads to. */
class TracesTest {

    private final List<String> given = new CopyOnWriteArrayList<>();

    private EngineUnderTest.Draft lines() {
        EngineUnderTest.Draft draft =
                EngineUnderTest.draft()
                        .set(Setting.FRAMING, "lines")
                        .set(Setting.ACK, "'+'")
                        .set(Setting.NAK, "'-'")
                        .set(Setting.REDELIVERY_MIN, "1ms");
        draft.bean().onPayload(this::note);
        return draft;
    }

    private void note(Payload payload) {
        given.add(payload.traceParent().orElse("none"));
        if (payload.text().startsWith("x")) {
            throw new IllegalStateException("refused");
        }
    }

    private static void send(EngineUnderTest engine, String lines) throws Exception {
        try (TestPeer peer = engine.connect()) {
            peer.send(lines);
            peer.end();
            peer.untilEnd();
        }
        engine.settled();
    }

    private static List<String> told(EngineUnderTest engine, double share) {
        return engine.messages().stream()
                .map(PayloadTrace::of)
                .map(trace -> trace.traceParent(share))
                .toList();
    }

    private static String traceId(String traceParent) {
        return traceParent.split("-", -1)[1];
    }

    @Test
    void a_bean_is_given_the_span_that_its_message_leads_to() throws Exception {
        try (EngineUnderTest engine = lines().traced(1).start()) {
            send(engine, "a\nb\nc\n");

            assertThat(given).hasSize(3).doesNotHaveDuplicates().isEqualTo(told(engine, 1));
            assertThat(given).allMatch(one -> one.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"));
        }
    }

    @Test
    void each_payload_of_a_batch_has_a_trace_of_its_own() throws Exception {
        try (EngineUnderTest engine = lines().shape(BeanShape.ofBatches()).traced(1).start()) {
            send(engine, "a\nb\nc\nd\n");

            assertThat(given).hasSize(4).doesNotHaveDuplicates().isEqualTo(told(engine, 1));
        }
    }

    @Test
    void all_deliveries_of_a_payload_have_one_parent() throws Exception {
        try (EngineUnderTest engine = lines().set(Setting.MAX_DELIVERIES, 3).traced(1).start()) {
            send(engine, "x\n");

            assertThat(given).hasSize(3).containsOnly(told(engine, 1).get(0));
        }
    }

    @Test
    void a_dead_letter_that_is_delivered_again_has_another_span_in_the_same_trace()
            throws Exception {
        try (EngineUnderTest engine = lines().set(Setting.MAX_DELIVERIES, 1).traced(1).start()) {
            send(engine, "x\n");
            engine.monitor().replayDeadLetters(DeadLetterFilter.ALL, "ann");
            await().until(() -> engine.messages().size() == 2);

            assertThat(given).hasSize(2).doesNotHaveDuplicates().isEqualTo(told(engine, 1));
            assertThat(traceId(given.get(0))).isEqualTo(traceId(given.get(1)));
        }
    }

    @Test
    void copies_have_spans_of_their_own_in_the_trace_of_their_payload(@TempDir Path data)
            throws Exception {
        EngineUnderTest billing = copy("billing").adapter("dataDirectory", data).traced(1).start();
        try (EngineUnderTest archive = copy("archive").beside(billing).start()) {
            try (TestPeer peer = billing.connect()) {
                peer.send("a\n");
                assertThat(peer.receive(1)).isEqualTo("+");
            }
            await().until(() -> archive.messages().size() == 2);

            assertThat(given)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(told(archive, 1));
            assertThat(given.stream().map(TracesTest::traceId).distinct()).hasSize(1);
        } finally {
            billing.close();
        }
    }

    private EngineUnderTest.Draft copy(String group) {
        return lines().set(Setting.DURABILITY, "SPOOLED")
                .set(Setting.ACKNOWLEDGE, "ON_SPOOL")
                .set(Setting.COPIES, "billing,archive")
                .set(Setting.GROUP, group);
    }

    @Test
    void what_is_not_sampled_is_told_so() throws Exception {
        try (EngineUnderTest engine = lines().traced(0.5).start()) {
            send(engine, "line\n".repeat(1000));

            assertThat(given).isEqualTo(told(engine, 0.5));
            assertThat(given.stream().filter(one -> one.endsWith("-01")).count())
                    .isBetween(400L, 600L);
        }
    }

    @Test
    void a_larger_share_has_all_of_a_smaller_one_and_the_limits_all_and_nothing() {
        List<PayloadTrace> all =
                IntStream.range(0, 1000)
                        .mapToObj(i -> new PayloadTrace("c-1." + i, "", Instant.EPOCH))
                        .toList();

        assertThat(all).allMatch(one -> one.isSampled(1)).noneMatch(one -> one.isSampled(0));
        assertThat(all.stream().filter(one -> one.isSampled(0.1)))
                .isNotEmpty()
                .allMatch(one -> one.isSampled(0.2));
    }

    @Test
    void the_identifiers_are_the_same_for_ever() {
        PayloadTrace trace = new PayloadTrace("abc-1.7", "", Instant.EPOCH);

        assertThat(trace.traceParent(1))
                .isEqualTo("00-5e7c587da755658db211348422586197-294b237a1bd25005-01");
    }

    @Test
    void a_message_of_a_copy_belongs_to_its_payload() {
        MessageRecord copy =
                new MessageRecord(
                        1,
                        "c-1.7.billing",
                        "billing",
                        "c-1",
                        "invoices",
                        InetSocketAddress.createUnresolved("peer", 1),
                        1,
                        Instant.EPOCH,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        1,
                        MessageRecord.Outcome.DELIVERED,
                        null,
                        false,
                        null,
                        null,
                        null);

        assertThat(PayloadTrace.of(copy))
                .isEqualTo(new PayloadTrace("c-1.7", "billing", Instant.EPOCH));
    }

    @Test
    void without_an_endpoint_or_with_a_share_of_nothing_a_bean_is_told_nothing() throws Exception {
        try (EngineUnderTest engine = lines().start()) {
            send(engine, "a\n");
        }
        try (EngineUnderTest engine = lines().traced(0).start()) {
            send(engine, "a\n");
        }

        assertThat(given).containsExactly("none", "none");
    }

    @Test
    void a_listener_whose_share_is_none_is_not_opened() throws Exception {
        EngineUnderTest.Draft bad = lines();
        try (EngineUnderTest engine = lines().traced(bad.name(), "all").start()) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(bad.in(engine)::begin)
                    .withMessageContaining("DMG1001")
                    .withMessageContaining("given 'all', allowed: 0 to 1");
        }
    }

    private static AdapterSettings settings(Map<String, String> environment) {
        return AdapterSettings.read(List.of(SettingSource.environment(environment)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.1", "NaN", "half"})
    void a_share_that_is_none_is_refused(String share) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> settings(Map.of("DERMAGA_TRACE_SAMPLE", share)))
                .withMessageContaining("DMG1001")
                .withMessageContaining(
                        "'dermaga.trace.sample': given '%s', allowed: 0 to 1", share);
    }

    @Test
    void a_listener_has_a_share_of_its_own() {
        AdapterSettings settings =
                settings(
                        Map.of(
                                "DERMAGA_TRACE_ENDPOINT", "http://localhost:4318/v1/traces",
                                "DERMAGA_TRACE_SAMPLE", "0.5",
                                "DERMAGA_TRACE_SAMPLE_LAB_2", "0",
                                "DERMAGA_TRACE_SAMPLE_BAD", "all"));

        assertThat(settings.traces().share("orders")).isEqualTo(0.5);
        assertThat(settings.traces().share("lab-2")).isZero();
        assertThat(settings.traces().problems("lab-2")).isEmpty();
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> settings.traces().share("bad"))
                .withMessageContaining("'dermaga.trace.sample.bad': given 'all'");
    }
}
