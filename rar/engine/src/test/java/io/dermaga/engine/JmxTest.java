package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.Refusal;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

/** What JMX shows of an engine. */
class JmxTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    private Set<ObjectName> names(String pattern) throws Exception {
        return server.queryNames(new ObjectName("io.dermaga:" + pattern), null);
    }

    /** The number of the adapter that has a listener. */
    private String adapterOf(String listener) throws Exception {
        Set<ObjectName> found = names("type=Listener,name=" + ObjectName.quote(listener) + ",*");
        assertThat(found).hasSize(1);
        return found.iterator().next().getKeyProperty("adapter");
    }

    @Test
    void two_adapters_of_one_process_have_names_of_their_own_and_leave_none_behind()
            throws Exception {
        Set<ObjectName> before = names("*");
        EngineUnderTest one = EngineUnderTest.draft().adapter("transport", "nio").start();
        EngineUnderTest two = EngineUnderTest.draft().adapter("transport", "nio").start();
        try {
            assertThat(adapterOf(one.name())).isNotEqualTo(adapterOf(two.name()));
            for (EngineUnderTest engine : new EngineUnderTest[] {one, two}) {
                ObjectName adapter =
                        new ObjectName(
                                "io.dermaga:type=Adapter,adapter=" + adapterOf(engine.name()));
                assertThat((String[]) server.getAttribute(adapter, "Listeners"))
                        .containsExactly(engine.name());
                assertThat(server.getAttribute(adapter, "Transport")).isEqualTo("nio");
            }
        } finally {
            one.close();
            two.close();
        }
        Set<ObjectName> after = new TreeSet<>(names("*"));
        after.removeAll(before);
        assertThat(after.stream().filter(name -> name.toString().contains(one.name()))).isEmpty();
        assertThat(after.stream().filter(name -> name.toString().contains(two.name()))).isEmpty();
    }

    @Test
    void a_listener_is_shown_as_long_as_it_is_there() throws Exception {
        EngineUnderTest engine = EngineUnderTest.framing("lines");
        ObjectName listener =
                names("type=Listener,name=" + ObjectName.quote(engine.name()) + ",*")
                        .iterator()
                        .next();
        try (engine) {
            try (TestPeer peer = engine.connect()) {
                peer.send("hello\n");
                await().until(() -> engine.counters().delivered() == 1);
            }
            await().until(() -> Long.valueOf(1).equals(server.getAttribute(listener, "Delivered")));
            assertThat(server.getAttribute(listener, "DeliveredBytes")).isEqualTo(5L);
            assertThat(server.getAttribute(listener, "State")).isEqualTo("LISTENING");
            assertThat((double) server.getAttribute(listener, "Percentile99Seconds")).isPositive();
            assertThat(((TabularData) server.getAttribute(listener, "RefusedBy")).size())
                    .isEqualTo(Refusal.values().length);
        }
        assertThat(server.isRegistered(listener)).isFalse();
    }

    @Test
    void no_attribute_can_be_written_or_called() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines")) {
            for (ObjectName name :
                    names("type=Listener,name=" + ObjectName.quote(engine.name()) + ",*")) {
                assertThat(server.getMBeanInfo(name).getOperations()).isEmpty();
                assertThat(
                                Arrays.stream(server.getMBeanInfo(name).getAttributes())
                                        .filter(attribute -> attribute.isWritable()))
                        .isEmpty();
            }
        }
    }
}
