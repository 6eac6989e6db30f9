package io.dermaga.engine.spool;

import io.dermaga.engine.settings.SpoolSettings;
import java.util.HashSet;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the broker. It never mends itself: whoever uses it closes it after an error and
 * opens another, so that nothing of unknown outcome is taken for done. Confined to one thread.
 */
final class Link implements AutoCloseable {

    private static final int WINDOW_BYTES = 1024 * 1024;

    /** Bounds what the broker remembers of connections that have ended long ago. */
    private static final int GROUP_BUCKETS = 1024;

    private final ServerLocator locator;
    private final ClientSessionFactory factory;
    private final SpoolSettings settings;
    private final Set<String> queues = new HashSet<>();

    /** Made when it is needed. */
    private @Nullable ClientSession questions;

    private Link(ServerLocator locator, ClientSessionFactory factory, SpoolSettings settings) {
        this.locator = locator;
        this.factory = factory;
        this.settings = settings;
    }

    /** Starts the broker if need be. */
    static Link open(Broker broker, SpoolSettings settings) throws Exception {
        ServerLocator locator =
                broker.reach()
                        .setUseGlobalPools(false)
                        .setThreadPoolMaxSize(-1)
                        .setScheduledThreadPoolMaxSize(1)
                        .setInitialConnectAttempts(1)
                        .setReconnectAttempts(0)
                        .setBlockOnDurableSend(false) // the commit tells
                        .setBlockOnAcknowledge(false)
                        .setPreAcknowledge(false)
                        .setProducerWindowSize(-1)
                        .setConfirmationWindowSize(-1)
                        .setConsumerWindowSize(WINDOW_BYTES)
                        .setMinLargeMessageSize(settings.largeFrom().intBytes());
        try {
            return new Link(locator, locator.createSessionFactory(), settings);
        } catch (Exception e) {
            locator.close();
            throw e;
        }
    }

    /** All sends and acknowledgements of it wait for its commit. */
    ClientSession session() throws ActiveMQException {
        return session(false);
    }

    /** Of distributed transactions. */
    ClientSession xaSession() throws ActiveMQException {
        return session(true);
    }

    private ClientSession session(boolean xa) throws ActiveMQException {
        @Nullable String user = settings.user().isEmpty() ? null : settings.user();
        return factory.createSession(user, settings.password(), xa, false, false, false, 0);
    }

    /** Makes a durable queue if it is not there. */
    void ensureQueue(ClientSession session, String name) throws ActiveMQException {
        if (!queues.add(name) || session.queueQuery(SimpleString.of(name)).isExists()) {
            return;
        }
        SimpleString address = SimpleString.of(name);
        if (!session.addressQuery(address).isExists()) {
            unlessThere(() -> session.createAddress(address, RoutingType.ANYCAST, false));
        }
        unlessThere(
                () ->
                        session.createQueue(
                                QueueConfiguration.of(name)
                                        .setAddress(name)
                                        .setRoutingType(RoutingType.ANYCAST)
                                        .setDurable(true)
                                        .setAutoDelete(false)
                                        .setMaxConsumers(-1)
                                        .setGroupBuckets(GROUP_BUCKETS)));
    }

    /** Messages in a queue; 0 if it is not there. */
    long entries(String queue) throws ActiveMQException {
        ClientSession asking = questions;
        if (asking == null) {
            asking = session();
            questions = asking;
        }
        return asking.queueQuery(SimpleString.of(queue)).getMessageCount();
    }

    private interface Creation {
        void run() throws ActiveMQException;
    }

    /** Another connection may have been quicker. */
    private static void unlessThere(Creation creation) throws ActiveMQException {
        try {
            creation.run();
        } catch (ActiveMQException e) {
            if (e.getType() != ActiveMQExceptionType.QUEUE_EXISTS
                    && e.getType() != ActiveMQExceptionType.ADDRESS_EXISTS) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        factory.close();
        locator.close();
    }
}
