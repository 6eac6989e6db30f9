package io.dermaga.bench.peer.camel;

import io.dermaga.bench.payload.Control;
import io.dermaga.bench.payload.Ledger;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.LengthFieldPrepender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import org.apache.camel.component.netty.ChannelHandlerFactories;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/** Serves the three ports with Camel Main. */
public final class Main {

    private static final int MAX_FRAME = 1 << 20;

    private Main() {}

    public static void main(String[] args) throws Exception {
        Ledger ledger = new Ledger();
        int[] ports = freePorts(3);
        var camel = new org.apache.camel.main.Main();
        camel.bind(
                "length-decoder",
                ChannelHandlerFactories.newLengthFieldBasedFrameDecoder(MAX_FRAME, 0, 4, 0, 4));
        camel.bind("length-encoder", new LengthFieldPrepender(4));
        camel.bind("bytes-decoder", ChannelHandlerFactories.newByteArrayDecoder("tcp"));
        camel.bind("bytes-encoder", ChannelHandlerFactories.newByteArrayEncoder("tcp"));
        camel.bind(
                "eof-decoder",
                new DefaultChannelHandlerFactory() {
                    @Override
                    public ChannelHandler newChannelHandler() {
                        return new EofDecoder();
                    }
                });
        camel.configure().addRoutesBuilder(new Routes(ledger, ports[0], ports[1], ports[2]));
        camel.addMainListener(
                new MainListenerSupport() {
                    @Override
                    public void afterStart(BaseMainSupport main) {
                        Control.start(ledger, ports[0], ports[1], ports[2]);
                    }
                });
        camel.run(args);
    }

    /** Camel does not tell which port it got for 0. All are held at once, so that they differ. */
    private static int[] freePorts(int count) throws IOException {
        if (count == 0) {
            return new int[0];
        }
        try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int[] others = freePorts(count - 1);
            int[] ports = Arrays.copyOf(others, count);
            ports[count - 1] = held.getLocalPort();
            return ports;
        }
    }
}
