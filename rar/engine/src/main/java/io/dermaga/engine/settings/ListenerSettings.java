package io.dermaga.engine.settings;

import io.dermaga.api.monitor.EffectiveSetting;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one listener, validated.
 *
 * @param name of the listener
 * @param hosts to bind, or to connect to; at least one
 * @param port to bind, or to connect to; 0: a free one is chosen
 * @param socket options of sockets
 * @param dialing how it connects by itself; null: it listens
 * @param framing how payloads are told apart
 * @param tls encryption
 * @param access who may connect
 * @param rates how much goes through
 * @param charset of {@code Payload.text()}
 * @param charsetFrom whether a payload's own declaration counts
 * @param delivery how often a payload is given to a bean, and what its peer is told
 * @param maxBatch payloads in one call of a {@code BatchListener}
 * @param recordBytes how much of a payload the message history keeps
 * @param limits what peers may take
 * @param effective every setting with value and source
 */
public record ListenerSettings(
        String name,
        List<String> hosts,
        int port,
        SocketSettings socket,
        @Nullable DialSettings dialing,
        FramingSettings framing,
        TlsSettings tls,
        AccessSettings access,
        RateSettings rates,
        Charset charset,
        CharsetFrom charsetFrom,
        DeliverySettings delivery,
        int maxBatch,
        DataSize recordBytes,
        Limits limits,
        List<EffectiveSetting> effective) {

    public ListenerSettings {
        hosts = List.copyOf(hosts);
        effective = List.copyOf(effective);
    }

    /** The same with other rules of delivery. */
    public ListenerSettings with(DeliverySettings other) {
        return new ListenerSettings(
                name,
                hosts,
                port,
                socket,
                dialing,
                framing,
                tls,
                access,
                rates,
                charset,
                charsetFrom,
                other,
                maxBatch,
                recordBytes,
                limits,
                effective);
    }

    /** All hosts, as they are configured. */
    public String host() {
        return String.join(",", hosts);
    }
}
