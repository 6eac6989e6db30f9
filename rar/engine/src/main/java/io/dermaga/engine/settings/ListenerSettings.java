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
 * @param backlog of the listening socket
 * @param framing how payloads are told apart
 * @param charset of {@code Payload.text()}
 * @param charsetFrom whether a payload's own declaration counts
 * @param maxBatch payloads in one call of a {@code BatchListener}
 * @param allowHalfOpen whether this side stays open when the peer has ended its own
 * @param noDelay TCP_NODELAY
 * @param keepAlive SO_KEEPALIVE
 * @param recordBytes how much of a payload the message history keeps
 * @param limits what peers may take
 * @param effective every setting with value and source
 */
public record ListenerSettings(
        String name,
        String host,
        int port,
        int backlog,
        FramingSettings framing,
        Charset charset,
        CharsetFrom charsetFrom,
        int maxBatch,
        boolean allowHalfOpen,
        boolean noDelay,
        boolean keepAlive,
        DataSize recordBytes,
        Limits limits,
        List<EffectiveSetting> effective) {

    public ListenerSettings {
        effective = List.copyOf(effective);
    }
}
