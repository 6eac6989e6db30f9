package io.dermaga.engine.settings;

import java.util.List;

/**
 * Who may connect, and how often.
 *
 * @param allow addresses that may; empty: all that {@code deny} does not have
 * @param deny addresses that may not, whatever {@code allow} says
 * @param proxies addresses of trusted proxies, which begin each connection with a PROXY header
 * @param maxConnectionsPerAddress open at a time from one IPv4 address or IPv6 network of 64 bits
 * @param acceptRate connections that are accepted in a second; more wait in the backlog
 */
public record AccessSettings(
        List<AddressRange> allow,
        List<AddressRange> deny,
        List<AddressRange> proxies,
        int maxConnectionsPerAddress,
        int acceptRate) {

    public AccessSettings {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
        proxies = List.copyOf(proxies);
    }
}
