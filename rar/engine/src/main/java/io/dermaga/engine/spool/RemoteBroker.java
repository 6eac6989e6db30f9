package io.dermaga.engine.spool;

import io.dermaga.engine.settings.SpoolSettings;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.jspecify.annotations.Nullable;

/**
 * Brokers that somebody else runs. Each of the addresses is tried until one answers, so that a live
 * broker and its backup are found whoever of them is live.
 */
final class RemoteBroker implements Broker {

    private static final long CALL_MILLIS = 10_000;
    private static final long FAILURE_CHECK_MILLIS = 2_000;
    private static final long TTL_MILLIS = 10_000;

    private final SpoolSettings settings;

    RemoteBroker(SpoolSettings settings) {
        this.settings = settings;
    }

    @Override
    public ServerLocator reach() {
        TransportConfiguration[] addresses =
                settings.brokers().stream()
                        .map(
                                broker ->
                                        new TransportConfiguration(
                                                NettyConnectorFactory.class.getName(),
                                                Map.<String, Object>of(
                                                        TransportConstants.HOST_PROP_NAME,
                                                        broker.getHost(),
                                                        TransportConstants.PORT_PROP_NAME,
                                                        broker.getPort(),
                                                        TransportConstants.USE_EPOLL_PROP_NAME,
                                                        false)))
                        .toArray(TransportConfiguration[]::new);
        return ActiveMQClient.createServerLocatorWithoutHA(addresses)
                .setCallTimeout(CALL_MILLIS)
                .setClientFailureCheckPeriod(FAILURE_CHECK_MILLIS)
                .setConnectionTTL(TTL_MILLIS);
    }

    /** Its own limits are its owner's matter: it refuses by itself. */
    @Override
    public @Nullable String refusal(long bytes) {
        return null;
    }

    @Override
    public void stop() {}
}
