package io.dermaga.engine.recording;

import java.net.InetSocketAddress;

/**
 * Where a replay goes to.
 *
 * @param listener name of it
 * @param address of it on this machine
 * @param tls whether it expects TLS from the first byte on
 */
public record Target(String listener, InetSocketAddress address, boolean tls) {}
