package io.dermaga.api;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a trusted proxy has said of a connection (PROXY protocol of HAProxy, versions 1 and 2).
 *
 * @param proxy address of the proxy
 * @param destination that the peer has connected to, as the proxy says
 * @param tlvs additional facts, in the order in which they came; none in version 1
 */
public record ProxyHeader(InetSocketAddress proxy, InetSocketAddress destination, List<Tlv> tlvs) {

    public ProxyHeader {
        tlvs = List.copyOf(tlvs);
    }

    /**
     * A fact by its type.
     *
     * @param type 0 to 255 (specification section 2.2), for example 0x01 ALPN, 0x02 authority
     * @param value read-only; a view of its own for every caller
     */
    public record Tlv(int type, ByteBuffer value) {

        public Tlv {
            value = value.asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer value() {
            return value.duplicate();
        }
    }
}
