package io.dermaga.history;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses of peers as text: {@code 10.0.0.7:4711}, {@code [::1]:4711}. */
final class Peers {

    private Peers() {}

    static String text(InetSocketAddress peer) {
        String host =
                peer.getAddress() == null
                        ? peer.getHostString()
                        : peer.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + peer.getPort();
    }

    /** The end of {@link #text}; asks no name service. */
    static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, colon);
        int port = Integer.parseInt(text.substring(colon + 1));
        if (!host.startsWith("[") && !host.matches("[0-9]+(\\.[0-9]+){3}")) {
            return InetSocketAddress.createUnresolved(host, port);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException ofNoInterfaceHere) {
            return InetSocketAddress.createUnresolved(host.replaceAll("[\\[\\]]", ""), port);
        }
    }
}
