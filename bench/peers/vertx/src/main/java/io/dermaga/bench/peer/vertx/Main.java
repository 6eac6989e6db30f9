package io.dermaga.bench.peer.vertx;

import io.dermaga.bench.payload.Control;
import io.dermaga.bench.payload.Ledger;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Serves the three ports with Vert.x, one verticle for each processor. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        if (!vertx.isNativeTransportEnabled()) {
            throw new IllegalStateException(
                    "no native transport", vertx.unavailableNativeTransportCause());
        }
        Ledger ledger = new Ledger();
        AtomicIntegerArray ports = new AtomicIntegerArray(3);
        int processors = Runtime.getRuntime().availableProcessors();
        vertx.deployVerticle(
                        () -> new ServersVerticle(ledger, ports),
                        new DeploymentOptions().setInstances(processors))
                .await();
        Control.start(ledger, ports.get(0), ports.get(1), ports.get(2));
    }
}
