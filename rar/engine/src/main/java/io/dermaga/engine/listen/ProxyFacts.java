package io.dermaga.engine.listen;

import io.dermaga.api.ProxyHeader;
import io.dermaga.api.ProxyHeader.Tlv;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a PROXY header says.
 *
 * @param header for the bean
 * @param source who has connected to the proxy; the proxy itself if it does not say (its own health
 *     check)
 */
record ProxyFacts(ProxyHeader header, InetSocketAddress source) {

    static ProxyFacts of(HAProxyMessage message, TcpConnection connection) {
        InetSocketAddress proxy = connection.remoteAddress();
        AddressFamily family = message.proxiedProtocol().addressFamily();
        boolean told =
                message.command() == HAProxyCommand.PROXY
                        && (family == AddressFamily.AF_IPv4 || family == AddressFamily.AF_IPv6);
        InetSocketAddress source =
                told ? address(message.sourceAddress(), message.sourcePort()) : proxy;
        InetSocketAddress destination =
                told
                        ? address(message.destinationAddress(), message.destinationPort())
                        : connection.localAddress();
        List<Tlv> tlvs =
                message.tlvs().stream()
                        .map(
                                tlv ->
                                        new Tlv(
                                                Byte.toUnsignedInt(tlv.typeByteValue()),
                                                ByteBuffer.wrap(
                                                        ByteBufUtil.getBytes(tlv.content()))))
                        .toList();
        return new ProxyFacts(new ProxyHeader(proxy, destination, tlvs), source);
    }

    /** The decoder has checked the form. */
    private static InetSocketAddress address(String numeric, int port) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(numeric);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
