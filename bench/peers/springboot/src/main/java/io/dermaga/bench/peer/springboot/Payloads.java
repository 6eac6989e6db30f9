package io.dermaga.bench.peer.springboot;

import io.dermaga.bench.payload.Control;
import io.dermaga.bench.payload.Ledger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpConnectionServerListeningEvent;
import org.springframework.stereotype.Component;

/** The bean the flows call with each payload. */
@Component
class Payloads {

    private final Ledger ledger = new Ledger();
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();

    /** Verifies a payload. */
    public void receive(byte[] payload) {
        ledger.verify(payload, 0, payload.length);
    }

    /** Verifies a payload and answers it. */
    public byte[] echo(byte[] payload) {
        ledger.verify(payload, 0, payload.length);
        return payload;
    }

    @EventListener
    synchronized void listening(TcpConnectionServerListeningEvent event) {
        var server = (AbstractServerConnectionFactory) event.getSource();
        ports.put(String.valueOf(server.getComponentName()), event.getPort());
        if (ports.size() == 3) {
            Control.start(ledger, port("eof"), port("frames"), port("echo"));
        }
    }

    private int port(String name) {
        return ports.getOrDefault(name, 0);
    }
}
