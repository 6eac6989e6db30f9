package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.ListenerState;
import io.dermaga.engine.lane.EndpointSource;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingsException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Beans of several applications that share a listener. */
class GroupTest {

    private static EngineUnderTest.Draft member() {
        return EngineUnderTest.draft()
                .set(Setting.FRAMING, "lines")
                .set(Setting.ACK, "'+'")
                .set(Setting.NAK, "'-'")
                .set(Setting.GROUP, "g");
    }

    @Test
    void each_connection_is_served_by_one_of_them_and_they_have_about_the_same_number()
            throws IOException {
        try (EngineUnderTest first = member().start();
                EngineUnderTest second = member().beside(first).start()) {
            assertThat(second.port()).isEqualTo(first.port());
            List<TestPeer> peers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                TestPeer peer = first.connect();
                peers.add(peer);
                for (int j = 0; j < 5; j++) {
                    peer.send("%d.%d\n".formatted(i, j));
                }
                assertThat(peer.receive(5)).isEqualTo("+++++");
            }
            assertThat(first.bean().byConnection()).hasSize(3);
            assertThat(second.bean().byConnection()).hasSize(3);
            Set<String> numbers = new HashSet<>();
            for (EngineUnderTest one : List.of(first, second)) {
                for (List<String> texts : one.bean().byConnection().values()) {
                    String i = texts.get(0).substring(0, 1);
                    numbers.add(i);
                    assertThat(texts)
                            .containsExactlyElementsOf(
                                    IntStream.range(0, 5).mapToObj(j -> i + "." + j).toList());
                }
            }
            assertThat(numbers).hasSize(6);
            for (TestPeer peer : peers) {
                peer.close();
            }
            first.settled();
        }
    }

    @Test
    void the_dashboard_shows_one_listener_with_all_of_them() throws IOException {
        try (EngineUnderTest first = member().set(Setting.CONCURRENCY, 3).start();
                EngineUnderTest second =
                        member().beside(first).set(Setting.CONCURRENCY, 4).start()) {
            assertThat(second.snapshot().listeners().stream().map(one -> one.name()))
                    .containsOnlyOnce(first.name());
            assertThat(first.listener().concurrency()).isEqualTo(7);
            assertThat(first.listener().activation())
                    .isEqualTo(first.activation().key() + ", " + second.activation().key());
        }
    }

    @Test
    void one_that_leaves_finishes_what_it_has_and_the_port_stays_open() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest.Draft leaving = member();
        leaving.bean().onPayload(payload -> goOn.await());
        EngineUnderTest first = leaving.start();
        try (EngineUnderTest second = member().beside(first).start();
                TestPeer ofFirst = first.connect();
                TestPeer ofSecond = first.connect()) {
            ofFirst.send("a\nb\n");
            await().until(() -> first.listener().stages().inBeanPayloads() == 1);
            ofSecond.send("c\n");
            assertThat(ofSecond.receive(1)).isEqualTo("+");

            Thread undeployment = new Thread(first::end);
            undeployment.start();
            await().until(() -> !first.connections().isEmpty() && isHeld(first));
            try (TestPeer later = second.connect()) { // to the same port
                later.send("d\n");
                assertThat(later.receive(1)).isEqualTo("+");
            }
            goOn.countDown();

            assertThat(ofFirst.untilEnd()).isEqualTo("++FIN");
            ofFirst.end();
            undeployment.join();
            ofSecond.send("e\n");
            assertThat(ofSecond.receive(1)).isEqualTo("+");
            assertThat(first.bean().texts()).containsExactly("a", "b");
            assertThat(second.bean().texts()).containsExactly("c", "d", "e");
            assertThat(second.listener().state()).isEqualTo(ListenerState.LISTENING);
            assertThat(second.listener().activation()).isEqualTo(second.activation().key());
        }
        assertThatThrownBy(() -> new TestPeer(first.port()).untilEnd())
                .isInstanceOf(IOException.class);
    }

    @Test
    void nothing_holds_what_an_undeployed_bean_was_made_from() throws Exception {
        List<WeakReference<EndpointSource>> gone = new ArrayList<>();
        try (EngineUnderTest staying = beside(gone);
                TestPeer peer = staying.connect()) {
            comeAndGo(staying, gone);
            await().until(
                            () -> {
                                System.gc();
                                return gone.stream().allMatch(one -> one.refersTo(null));
                            });
            peer.send("a\n");
            assertThat(peer.receive(1)).isEqualTo("+");
        }
    }

    /** One that stays when the bean which has opened its listener is undeployed. */
    private static EngineUnderTest beside(List<WeakReference<EndpointSource>> gone)
            throws IOException {
        EndpointSource source = new RecordingBean();
        gone.add(new WeakReference<>(source));
        EngineUnderTest opener = member().source(source).start();
        EngineUnderTest staying = member().beside(opener).start();
        opener.end();
        return staying;
    }

    private static void comeAndGo(EngineUnderTest staying, List<WeakReference<EndpointSource>> gone)
            throws IOException {
        EndpointSource source = new RecordingBean();
        gone.add(new WeakReference<>(source));
        member().beside(staying).source(source).start().end();
    }

    @Test
    void another_one_joins_while_one_leaves_but_not_while_the_last_one_does() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest.Draft leaving = member();
        leaving.bean().onPayload(payload -> goOn.await());
        EngineUnderTest first = leaving.start();
        EngineUnderTest second = member().beside(first).start();
        try (TestPeer ofFirst = first.connect()) {
            ofFirst.send("a\n");
            await().until(() -> first.listener().stages().inBeanPayloads() == 1);
            Thread undeployment = new Thread(first::end);
            undeployment.start();
            await().until(() -> isHeld(first));

            EngineUnderTest third = member().beside(first).start();
            assertThat(third.port()).isEqualTo(first.port());
            third.end();
            second.end();
            assertThatThrownBy(() -> member().beside(first).begin())
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("DMG1104 property 'name': given '" + first.name())
                    .hasMessageContaining("that is being closed");

            goOn.countDown();
            assertThat(ofFirst.untilEnd()).isEqualTo("+FIN");
            ofFirst.end();
            undeployment.join();
        }
        try (EngineUnderTest again = member().beside(first).start();
                TestPeer peer = again.connect()) {
            peer.send("b\n");
            assertThat(peer.receive(1)).isEqualTo("+");
        }
    }

    private static boolean isHeld(EngineUnderTest engine) {
        return engine.connections().stream().anyMatch(one -> !one.holds().isEmpty());
    }

    @Test
    void connections_go_to_one_that_is_not_ready_yet_when_it_is_the_only_one_left()
            throws Exception {
        EngineUnderTest.Draft late = member();
        late.bean().instances(0);
        EngineUnderTest first = member().start();
        try (EngineUnderTest second = late.beside(first).begin()) {
            first.end();
            try (TestPeer peer = second.connect()) {
                peer.send("a\n");
                late.bean().instances(Integer.MAX_VALUE);
                assertThat(peer.receive(1)).isEqualTo("+");
            }
            assertThat(second.bean().texts()).containsExactly("a");
        }
    }

    @Test
    void one_that_comes_again_takes_connections_again() throws IOException {
        try (EngineUnderTest stays = member().start()) {
            try (EngineUnderTest first = member().beside(stays).start()) {
                exchange(first);
            }
            try (EngineUnderTest again = member().beside(stays).start();
                    TestPeer one = stays.connect();
                    TestPeer other = stays.connect()) {
                one.send("a\n");
                other.send("b\n");
                assertThat(one.receive(1) + other.receive(1)).isEqualTo("++");
                assertThat(again.bean().texts()).hasSize(1);
            }
        }
    }

    private static void exchange(EngineUnderTest engine) throws IOException {
        try (TestPeer peer = engine.connect()) {
            peer.send("x\n");
            assertThat(peer.receive(1)).isEqualTo("+");
        }
    }

    @Test
    void what_is_in_the_spool_goes_to_the_others_when_one_leaves() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest.Draft leaving = spooled("ON_DELIVERY").ownEngine();
        leaving.bean().onPayload(payload -> goOn.await());
        EngineUnderTest first = leaving.start();
        try (EngineUnderTest second = spooled("ON_DELIVERY").beside(first).start();
                TestPeer ofFirst = first.connect();
                TestPeer ofSecond = first.connect()) {
            ofSecond.send("1\n");
            assertThat(ofSecond.receive(1)).isEqualTo("+");
            ofFirst.send("a\n");
            await().until(() -> first.listener().stages().inBeanPayloads() == 1);
            ofFirst.send("b\n");
            await().until(() -> first.listener().stages().spoolEntries() == 2);

            Thread undeployment = new Thread(first::end);
            undeployment.start();
            await().until(() -> isHeld(first));
            ofSecond.send("2\n3\n");
            goOn.countDown();
            assertThat(ofSecond.receive(2)).isEqualTo("++");
            assertThat(ofFirst.untilEnd()).isEqualTo("++FIN");
            ofFirst.end();
            undeployment.join();
            ofSecond.send("4\n");
            assertThat(ofSecond.receive(1)).isEqualTo("+");

            assertThat(first.bean().texts()).containsExactly("a", "b");
            assertThat(second.bean().texts()).containsExactly("1", "2", "3", "4");
            await().until(() -> second.listener().stages().spoolEntries() == 0);
        }
        first.endEngine();
    }

    @Test
    void what_a_peer_was_told_is_stored_is_delivered_by_the_others_when_one_leaves()
            throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest.Draft leaving = spooled("ON_SPOOL").ownEngine();
        leaving.bean().onPayload(payload -> goOn.await());
        EngineUnderTest first = leaving.start();
        try (EngineUnderTest second = spooled("ON_SPOOL").beside(first).start();
                TestPeer ofFirst = first.connect()) {
            ofFirst.send("a\n");
            await().until(() -> first.listener().stages().inBeanPayloads() == 1);
            ofFirst.send("b\n");
            assertThat(ofFirst.receive(2)).isEqualTo("++");

            Thread undeployment = new Thread(first::end);
            undeployment.start();
            // it waits for the bean, and gives it nothing more
            await().until(() -> undeployment.getState() == Thread.State.TIMED_WAITING);
            goOn.countDown();
            await().until(() -> second.bean().texts().equals(List.of("b")));
            undeployment.join();
            assertThat(first.bean().texts()).containsExactly("a");
            await().until(() -> second.listener().stages().spoolEntries() == 0);
        }
        first.endEngine();
    }

    @Test
    void what_a_bean_has_when_another_leaves_is_not_delivered_to_it_again() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest first = spooled("ON_DELIVERY").ownEngine().start();
        EngineUnderTest.Draft staying = spooled("ON_DELIVERY").beside(first);
        staying.bean().onPayload(payload -> goOn.await());
        try (EngineUnderTest second = staying.start();
                TestPeer ofFirst = first.connect();
                TestPeer ofSecond = first.connect()) {
            ofFirst.send("a\n");
            assertThat(ofFirst.receive(1)).isEqualTo("+");
            ofSecond.send("1\n");
            await().until(() -> second.listener().stages().inBeanPayloads() == 1);
            ofSecond.send("2\n");
            await().until(() -> second.listener().stages().spoolEntries() == 2);

            first.end(); // waits for no bean but its own
            goOn.countDown();

            assertThat(ofSecond.receive(2)).isEqualTo("++");
            assertThat(second.bean().texts()).containsExactly("1", "2");
            assertThat(ofFirst.untilEnd()).isEqualTo("FIN");
        }
        first.endEngine();
    }

    private static EngineUnderTest.Draft spooled(String acknowledge) {
        return member().set(Setting.DURABILITY, "SPOOLED").set(Setting.ACKNOWLEDGE, acknowledge);
    }

    @Test
    void another_group_or_other_settings_are_refused() throws IOException {
        try (EngineUnderTest first = member().start()) {
            assertThatThrownBy(() -> member().beside(first).set(Setting.GROUP, "h").begin())
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("DMG1104 property 'name': given '" + first.name())
                    .hasMessageContaining("the same group, or groups that copies names");
            assertThatThrownBy(
                            () ->
                                    member().beside(first)
                                            .set(Setting.ACK, "'*'")
                                            .set(Setting.CONCURRENCY, 2)
                                            .set(Setting.MAX_BATCH, 7)
                                            .begin())
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining(
                            "DMG1111 listener '%s' of group 'g'".formatted(first.name()))
                    .hasMessageContaining("ack given ''*'', there ''+''")
                    .hasMessageContaining("maxBatch given '7', there '1000'")
                    .hasMessageContaining("allowed: the same, except concurrency, drainTimeout");
        }
    }
}
