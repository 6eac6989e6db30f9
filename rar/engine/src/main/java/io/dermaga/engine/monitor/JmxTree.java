package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.ListenerSnapshot;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * What JMX sees of one adapter: {@code io.dermaga:type=Adapter,adapter=1} and, for each listener,
 * {@code io.dermaga:type=Listener,adapter=1,name="orders"}. A second adapter of the same process is
 * {@code adapter=2}. Thread-safe.
 */
public final class JmxTree implements AutoCloseable {

    private static final Logger LOG = System.getLogger("io.dermaga");
    private static final String DOMAIN = "io.dermaga";

    /** Clients ask for one attribute after the other; what they read together is of one moment. */
    private static final class Recent implements Supplier<AdapterSnapshot> {

        private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

        private final Supplier<AdapterSnapshot> source;
        private @Nullable AdapterSnapshot snapshot;
        private long nanos;

        Recent(Supplier<AdapterSnapshot> source) {
            this.source = source;
        }

        @Override
        public synchronized AdapterSnapshot get() {
            AdapterSnapshot known = snapshot;
            long now = System.nanoTime();
            if (known == null || now - nanos > MOST_NANOS) {
                known = source.get();
                snapshot = known;
                nanos = now;
            }
            return known;
        }
    }

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final Supplier<AdapterSnapshot> now;
    private final Supplier<Set<String>> listenerNames;
    private final Map<String, ObjectName> listeners = new HashMap<>();
    private @Nullable ObjectName adapter;
    private int number;

    /**
     * @param source of all figures
     * @param listenerNames those that are there
     */
    public JmxTree(Supplier<AdapterSnapshot> source, Supplier<Set<String>> listenerNames) {
        this.now = new Recent(source);
        this.listenerNames = listenerNames;
    }

    /** Shows the adapter. One that cannot be shown is told of, and works as well. */
    public synchronized void open() {
        try {
            while (adapter == null) {
                number++;
                adapter = registered(new AdapterBean(now), name("Adapter", ""));
            }
        } catch (JMException e) {
            LOG.log(Level.WARNING, "DMG1009 the adapter is not shown by JMX: " + e);
        }
    }

    /** Listeners have come or gone. */
    public synchronized void update() {
        if (adapter == null) {
            return;
        }
        Set<String> there = listenerNames.get();
        listeners.entrySet().removeIf(one -> !there.contains(one.getKey()) && gone(one.getValue()));
        for (String name : there) {
            if (!listeners.containsKey(name)) {
                show(name);
            }
        }
    }

    private void show(String listener) {
        try {
            ObjectName shown =
                    registered(
                            new ListenerBean(() -> now(listener)),
                            name("Listener", ",name=" + ObjectName.quote(listener)));
            if (shown != null) {
                listeners.put(listener, shown);
            }
        } catch (JMException e) {
            LOG.log(Level.WARNING, "DMG1009 listener '" + listener + "' is not shown by JMX: " + e);
        }
    }

    private ObjectName name(String type, String end) throws JMException {
        return new ObjectName(DOMAIN + ":type=" + type + ",adapter=" + number + end);
    }

    /** Its name; null if that is taken. */
    private @Nullable ObjectName registered(Object bean, ObjectName name) throws JMException {
        try {
            return server.registerMBean(bean, name).getObjectName();
        } catch (InstanceAlreadyExistsException taken) {
            return null;
        }
    }

    private boolean gone(ObjectName name) {
        try {
            server.unregisterMBean(name);
        } catch (JMException e) {
            LOG.log(Level.DEBUG, "somebody else has removed " + name, e);
        }
        return true;
    }

    private ListenerSnapshot now(String listener) {
        return now.get().listeners().stream()
                .filter(one -> one.name().equals(listener))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "DMG1007 there is no listener '" + listener + "'"));
    }

    /** Shows nothing any more. */
    @Override
    public synchronized void close() {
        listeners.values().forEach(this::gone);
        listeners.clear();
        ObjectName shown = adapter;
        if (shown != null) {
            gone(shown);
        }
        adapter = null;
    }
}
