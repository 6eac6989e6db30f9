package io.dermaga.engine.settings;

import io.dermaga.api.monitor.EffectiveSetting;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Everything about one listener, validated.
 *
 * @param name of the listener
 * @param host to bind
 * @param port to bind; 0: a free one is chosen
 * @param socket options of sockets
 * @param framing how payloads are told apart
 * @param tls encryption
 * @param access who may connect
 * @param rates how much goes through
 * @param charset of {@code Payload.text()}
 * @param charsetFrom whether a payload's own declaration counts
 * @param maxBatch payloads in one call of a {@code BatchListener}
 * @param recordBytes how much of a payload the message history keeps
 * @param limits what peers may take
 * @param effective every setting with value and source
 */
public record ListenerSettings(
        String name,
        String host,
        int port,
        SocketSettings socket,
        FramingSettings framing,
        TlsSettings tls,
        AccessSettings access,
        RateSettings rates,
        Charset charset,
        CharsetFrom charsetFrom,
        int maxBatch,
        DataSize recordBytes,
        Limits limits,
        List<EffectiveSetting> effective) {

    public ListenerSettings {
        effective = List.copyOf(effective);
    }
}
