package io.dermaga.engine.settings;

/**
 * How payloads are told apart, validated.
 *
 * @param text the framing as written
 * @param envelope whether payloads keep what the framing puts around them
 * @param onOversize what happens to a payload above {@code maxPayload}
 * @param onEmpty what happens to a payload without a byte
 * @param onIncomplete what happens to a last payload without its delimiter
 */
public record FramingSettings(
        String text,
        EnvelopePolicy envelope,
        OnOversize onOversize,
        OnEmpty onEmpty,
        OnIncomplete onIncomplete) {}
