package io.dermaga.engine.listen;

import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.Dispatcher;
import java.util.concurrent.atomic.AtomicInteger;

/** A bean that takes what connections of a listener deliver, with its workers. Thread-safe. */
public final class Consumer {

    private final String activation;
    private final String group;
    private final BeanShape shape;
    private final Dispatcher dispatcher;
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * @param activation the container's name of it
     * @param group to which it belongs; empty: none
     */
    public Consumer(String activation, String group, BeanShape shape, Dispatcher dispatcher) {
        this.activation = activation;
        this.group = group;
        this.shape = shape;
        this.dispatcher = dispatcher;
    }

    String activation() {
        return activation;
    }

    String group() {
        return group;
    }

    BeanShape shape() {
        return shape;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /** It serves one connection more. */
    void taken() {
        connections.incrementAndGet();
    }

    /** It serves one less. */
    void left() {
        connections.decrementAndGet();
    }

    /** Connections for each of its workers. */
    double load() {
        return (double) connections.get() / dispatcher.concurrency();
    }
}
