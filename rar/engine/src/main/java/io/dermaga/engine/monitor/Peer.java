package io.dermaga.engine.monitor;

import java.net.InetSocketAddress;

/** How a peer's address is written everywhere: {@code 10.0.0.7:51422}, {@code [::1]:51422}. */
public final class Peer {

    private Peer() {}

    public static String text(InetSocketAddress address) {
        String host =
                address.getAddress() == null
                        ? address.getHostString()
                        : address.getAddress().getHostAddress();
        int scope = host.indexOf('%');
        String plain = scope < 0 ? host : host.substring(0, scope);
        return (plain.indexOf(':') < 0 ? plain : "[" + plain + "]") + ":" + address.getPort();
    }
}
