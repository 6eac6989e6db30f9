package io.dermaga.bench.peer.camel;

import io.dermaga.bench.payload.Ledger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** The three servers. */
final class Routes extends RouteBuilder {

    private final Ledger ledger;
    private final int eofPort;
    private final int framesPort;
    private final int echoPort;

    Routes(Ledger ledger, int eofPort, int framesPort, int echoPort) {
        this.ledger = ledger;
        this.eofPort = eofPort;
        this.framesPort = framesPort;
        this.echoPort = echoPort;
    }

    @Override
    public void configure() {
        from(server(eofPort) + "&sync=false&decoders=#eof-decoder,#bytes-decoder")
                .process(this::verify);
        from(server(framesPort) + "&sync=false&decoders=#length-decoder,#bytes-decoder")
                .process(this::verify);
        from(server(echoPort)
                        + "&sync=true&decoders=#length-decoder,#bytes-decoder"
                        + "&encoders=#length-encoder,#bytes-encoder")
                .process(this::verify);
    }

    private void verify(Exchange exchange) {
        byte[] payload = exchange.getMessage().getBody(byte[].class);
        ledger.verify(payload, 0, payload.length);
    }

    private static String server(int port) {
        // A connection reset by its peer is logged as a warning otherwise.
        return "netty:tcp://127.0.0.1:%d?backlog=1024&serverExceptionCaughtLogLevel=OFF"
                .formatted(port);
    }
}
