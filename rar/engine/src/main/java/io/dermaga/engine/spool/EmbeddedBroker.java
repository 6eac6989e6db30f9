package io.dermaga.engine.spool;

import io.dermaga.engine.settings.DataSize;
import io.dermaga.engine.settings.SpoolSettings;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.postoffice.QueueBinding;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnector;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A broker of our own, in this process and reachable from it alone. It stops itself when its disk
 * fails; whoever reaches for it next starts it again.
 */
final class EmbeddedBroker implements Broker {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final long CALL_MILLIS = 30_000;
    private static final long START_SECONDS = 30;
    private static final long MIB = 1024 * 1024;
    private static final long START_POLL_MILLIS = 100;
    private static final long LOOK_AT_DISK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final SpoolSettings settings;
    private final int number = NUMBERS.incrementAndGet();
    private @Nullable ActiveMQServer server;

    /** The disk of the running one has failed: it ends by itself, but not at once. */
    private volatile boolean failed;

    private boolean counted;
    private boolean stopped;
    private volatile long usable = Long.MAX_VALUE;
    private volatile long lookedAtDisk = System.nanoTime() - LOOK_AT_DISK_NANOS;

    EmbeddedBroker(SpoolSettings settings) {
        this.settings = settings;
    }

    @Override
    public ServerLocator reach() throws Exception {
        ensureRunning();
        return ActiveMQClient.createServerLocatorWithoutHA(
                        new TransportConfiguration(
                                InVMConnectorFactory.class.getName(),
                                Map.of(TransportConstants.SERVER_ID_PROP_NAME, number)))
                .setCallTimeout(CALL_MILLIS)
                .setClientFailureCheckPeriod(-1)
                .setConnectionTTL(-1);
    }

    private synchronized void ensureRunning() throws Exception {
        if (stopped) {
            throw new IllegalStateException("stopped");
        }
        ActiveMQServer current = server;
        if (current != null && !failed && current.isStarted() && current.isActive()) {
            return;
        }
        end();
        ActiveMQServer fresh =
                ActiveMQServers.newActiveMQServer(
                        BrokerConfiguration.of(settings, number), null, null, true);
        server = fresh;
        failed = false;
        fresh.registerIOCriticalErrorListener((cause, message, file) -> failed = true);
        if (!counted) {
            counted = true;
            RUNNING.incrementAndGet();
        }
        AtomicReference<Exception> failure = new AtomicReference<>();
        fresh.registerActivationFailureListener(failure::set);
        fresh.start();
        awaitActive(fresh, failure);
    }

    /** A broker that has failed, as on a full disk, is not waited for. */
    private static void awaitActive(ActiveMQServer fresh, AtomicReference<Exception> failure)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        boolean active = false;
        while (!active
                && failure.get() == null
                && fresh.isStarted()
                && System.nanoTime() - end < 0) {
            active = fresh.waitForActivation(START_POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (!active || !fresh.isActive()) {
            throw new IllegalStateException(
                    "the broker did not start; its log tells why", failure.get());
        }
    }

    @Override
    public @Nullable String refusal(long bytes) {
        long now = System.nanoTime();
        if (now - lookedAtDisk >= LOOK_AT_DISK_NANOS) {
            usable = settings.directory().toFile().getUsableSpace();
            lookedAtDisk = now;
        }
        long free = usable;
        if (free - bytes < settings.reserve().bytes()) {
            return "DMG4104 spool takes no more: %s are free on the volume of '%s', spoolReserve=%s"
                    .formatted(
                            new DataSize(Math.max(0, free) / MIB * MIB),
                            settings.directory(),
                            settings.reserve());
        }
        long waiting = waitingBytes();
        if (waiting > 0 && waiting + bytes > settings.capacity().bytes()) {
            return "DMG4103 spool takes no more: %d bytes wait in '%s', spoolCapacity=%s"
                    .formatted(waiting, settings.directory(), settings.capacity());
        }
        return null;
    }

    /** Bytes of all entries that are not done; 0 if it is not running. */
    private synchronized long waitingBytes() {
        return all().mapToLong(Queue::getPersistentSize).sum();
    }

    @Override
    public synchronized Set<String> queues() {
        return all().map(queue -> queue.getName().toString()).collect(Collectors.toSet());
    }

    /** None if it is not running. */
    private Stream<Queue> all() {
        ActiveMQServer current = server;
        if (current == null || !current.isStarted() || !current.isActive()) {
            return Stream.empty();
        }
        return current.getPostOffice()
                .getAllBindings()
                .filter(QueueBinding.class::isInstance)
                .map(QueueBinding.class::cast)
                .map(QueueBinding::getQueue)
                .filter(queue -> !queue.isTemporary());
    }

    /** The broker itself, for what a test does to it. */
    synchronized @Nullable ActiveMQServer server() {
        return server;
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        end();
        if (counted && RUNNING.decrementAndGet() == 0) {
            InVMConnector.resetThreadPool(); // all of them share it
        }
        counted = false;
    }

    private void end() {
        ActiveMQServer current = server;
        server = null;
        if (current == null) {
            return;
        }
        try {
            current.stop();
        } catch (Exception e) {
            SpoolStates.LOG.log(System.Logger.Level.WARNING, "DMG4105 spool waits: " + e, e);
        }
    }
}
