package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.Payload;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.lane.Endpoint;
import io.dermaga.engine.lane.EndpointUnavailableException;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.lane.Outcome;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.settings.Setting;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What happens to deliveries and connections when their activation is closed. */
class DrainTest {

    private static EngineUnderTest.Draft lines() {
        return EngineUnderTest.draft().ownEngine().set(Setting.FRAMING, "lines");
    }

    private static FutureTask<?> closing(EngineUnderTest engine) {
        FutureTask<?> closing = new FutureTask<>(engine::close, null);
        EngineUnderTest.work(closing);
        return closing;
    }

    @Test
    void deliveries_in_flight_are_finished_and_answered_before_the_connection_ends()
            throws Exception {
        CountDownLatch inBean = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (EngineUnderTest engine = lines().start();
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                inBean.countDown();
                                goOn.await();
                                payload.connection().write(payload.bytes());
                            });
            peer.send("one\ntwo\nthree\n");
            inBean.await();
            FutureTask<?> closing = closing(engine);
            await().until(() -> engine.listener().state() == ListenerState.DRAINING);
            goOn.countDown();
            assertThat(peer.untilEnd()).isEqualTo("onetwothreeFIN");
            closing.get();
            assertThat(engine.bean().texts()).containsExactly("one", "two", "three");
        }
    }

    @Test
    void a_payload_until_end_of_stream_that_was_delivered_is_never_answered_by_a_reset()
            throws Exception {
        for (int i = 0; i < 10; i++) {
            CountDownLatch inBean = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            EngineUnderTest.Draft draft = EngineUnderTest.draft();
            draft.bean()
                    .onPayload(
                            payload -> {
                                inBean.countDown();
                                goOn.await();
                            });
            try (EngineUnderTest engine = draft.start();
                    TestPeer peer = engine.connect();
                    TestPeer incomplete = engine.connect()) {
                incomplete.send("half");
                peer.send("whole").end();
                inBean.await();
                await().until(() -> engine.counters().bytesRead() == 9);
                FutureTask<?> closing = closing(engine);
                await().until(() -> engine.listener().state() == ListenerState.DRAINING);
                goOn.countDown();
                assertThat(peer.untilEnd()).isEqualTo("FIN");
                assertThat(incomplete.untilEnd()).isEqualTo("RST");
                closing.get();
                assertThat(engine.bean().texts()).containsExactly("whole");
            }
        }
    }

    @Test
    void what_is_not_delivered_within_the_drain_timeout_is_discarded_and_counted()
            throws Exception {
        CountDownLatch inBean = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (EngineUnderTest engine = lines().set(Setting.DRAIN_TIMEOUT, "200ms").start();
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                inBean.countDown();
                                goOn.await();
                            });
            peer.send("in the bean\nwaits\nwaits too\n");
            inBean.await();
            var counters = engine.activation().listeners().get(0).counters();
            FutureTask<?> closing =
                    new FutureTask<>(() -> engine.engine().deactivate(engine.activation()), null);
            EngineUnderTest.work(closing);
            assertThat(peer.untilEnd()).isEqualTo("RST");
            goOn.countDown();
            closing.get();
            assertThat(engine.bean().texts()).containsExactly("in the bean");
            Counters settled = counters.snapshot();
            assertThat(settled.delivered()).isEqualTo(1);
            assertThat(settled.discarded()).isEqualTo(2);
            assertThat(settled.discardedBytes()).isEqualTo(14);
            assertThat(settled.envelopeBytes()).isEqualTo(3);
            assertThat(engine.messages())
                    .filteredOn(one -> one.outcome() == MessageRecord.Outcome.DISCARDED)
                    .hasSize(2)
                    .allMatch(one -> one.error() != null && one.error().startsWith("DMG3003 "));
            assertThat(engine.monitor().events(0, Integer.MAX_VALUE))
                    .anyMatch(one -> one.text().startsWith("DMG3004 "));
        }
    }

    @Test
    void what_waits_for_a_bean_instance_is_discarded_and_its_connection_goes() throws Exception {
        EngineUnderTest.Draft draft = lines().set(Setting.DRAIN_TIMEOUT, "100ms");
        CountDownLatch goOn = new CountDownLatch(1);
        draft.bean().instances(1).onPayload(payload -> goOn.await());
        try (EngineUnderTest engine = draft.start();
                TestPeer first = engine.connect();
                TestPeer second = engine.connect()) {
            first.send("first\n");
            await().until(() -> engine.bean().texts().size() == 1);
            second.send("second\n");
            await().until(() -> engine.listener().backPressure() != null);
            FutureTask<?> closing = closing(engine);
            assertThat(second.untilEnd()).isEqualTo("RST");
            goOn.countDown();
            closing.get();
            assertThat(engine.bean().texts()).containsExactly("first");
        }
    }

    @Test
    void a_container_that_gives_no_more_instances_is_not_waited_for() throws Exception {
        EngineUnderTest.Draft draft = lines().set(Setting.DRAIN_TIMEOUT, "10m").ownEngine();
        AtomicBoolean gone = new AtomicBoolean();
        draft.bean()
                .onPayload(
                        payload -> {
                            gone.set(true);
                            throw new IllegalStateException("invocation closed by container");
                        });
        draft.source(
                () -> {
                    if (gone.get()) {
                        throw new EndpointUnavailableException("undeployed");
                    }
                    return lost(draft.bean().create());
                });
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("first\nsecond\n");
            await().until(() -> engine.listener().backPressure() != null);
            engine.engine().deactivate(engine.activation());
            assertThat(engine.bean().texts()).containsExactly("first");
            assertThat(engine.monitor().events(0, 1000))
                    .extracting(MonitorEvent::text)
                    .anyMatch(text -> text.contains("gives no bean instance any more"));
        }
    }

    /** An instance that is lost with its first failure, as a container's is. */
    private static Endpoint lost(Endpoint instance) {
        return new Endpoint() {
            @Override
            public Outcome deliver(Payload payload) {
                Outcome outcome = instance.deliver(payload);
                return outcome.isFailure() ? Outcome.failed("lost", true) : outcome;
            }

            @Override
            public Outcome deliver(List<Payload> payloads) {
                return instance.deliver(payloads);
            }

            @Override
            public Outcome tell(SocketEvent event, LaneOwner connection) {
                return instance.tell(event, connection);
            }

            @Override
            public void release() {
                instance.release();
            }
        };
    }

    @Test
    void a_bean_that_returns_after_the_engine_was_closed_leaves_nothing_behind() throws Exception {
        CountDownLatch inBean = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest engine = lines().set(Setting.DRAIN_TIMEOUT, "0s").start();
        try (TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                inBean.countDown();
                                goOn.await();
                                payload.connection().write(new byte[10]);
                                payload.connection().end();
                            });
            peer.send("x".repeat(2_000_000) + "\nwaits\n");
            inBean.await();
            var listener = engine.activation().listeners().get(0);
            engine.engine().close();
            assertThat(peer.untilEnd()).isEqualTo("RST");
            assertThat(engine.bean().endpointsHeld()).isEqualTo(1);
            goOn.countDown();
            await().until(() -> engine.bean().endpointsHeld() == 0);
            await().until(() -> listener.isEmpty());
            assertThat(listener.budget().used()).isZero();
            assertThat(engine.bean().happened()).doesNotContain("MISUSED", "RELEASED TWICE");
        }
    }

    @Test
    void connections_that_come_while_a_listener_is_closed_do_not_outlive_it() throws Exception {
        for (int round = 0; round < 15; round++) {
            EngineUnderTest engine = EngineUnderTest.framing("lines");
            int port = engine.port();
            TestPeer[] peers = new TestPeer[20];
            CountDownLatch some = new CountDownLatch(5);
            FutureTask<?> connecting =
                    new FutureTask<>(
                            () -> {
                                for (int i = 0; i < peers.length; i++) {
                                    peers[i] = new TestPeer(port);
                                    some.countDown();
                                }
                                return null;
                            });
            EngineUnderTest.work(connecting);
            assertThat(some.await(30, TimeUnit.SECONDS)).isTrue();
            engine.close();
            try {
                connecting.get();
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(SocketException.class);
            }
            for (TestPeer peer : peers) {
                if (peer != null) {
                    assertThat(peer.untilEnd()).isIn("FIN", "RST");
                    peer.close();
                }
            }
            await().until(() -> engine.activation().listeners().get(0).isEmpty());
        }
    }
}
