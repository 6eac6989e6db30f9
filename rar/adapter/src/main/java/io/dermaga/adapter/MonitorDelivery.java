package io.dermaga.adapter;

import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorListener;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.System.Logger.Level;

/** Hands the monitor to a bean, as soon as the bean is ready. */
final class MonitorDelivery {

    private final MessageEndpointFactory factory;
    private final Monitor monitor;

    MonitorDelivery(MessageEndpointFactory factory, Monitor monitor) {
        this.factory = factory;
        this.monitor = monitor;
    }

    /** On a thread of the container. */
    void attempt(Runnable later) {
        MessageEndpoint endpoint;
        try {
            endpoint = factory.createEndpoint(null);
        } catch (UnavailableException | IllegalStateException e) {
            later.run();
            return;
        }
        try {
            ((MonitorListener) endpoint).onMonitor(monitor);
        } catch (RuntimeException e) {
            System.getLogger("io.dermaga")
                    .log(Level.WARNING, "DMG3009 bean failed to take the monitor", e);
        } finally {
            endpoint.release();
        }
    }
}
