package io.dermaga.engine.settings;

import org.jspecify.annotations.Nullable;

/**
 * What settings need to know of other rooms.
 *
 * @param framing told by the framing room
 * @param tls told by the TLS room; null: files are not looked at, nor what they need
 */
public record SettingRules(FramingRules framing, @Nullable TlsRules tls) {}
