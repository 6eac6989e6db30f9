package io.dermaga.engine.settings;

import java.time.Duration;

/**
 * Which payloads are known to be sent again.
 *
 * @param key what tells them from others
 * @param window how long a payload is known after it was delivered
 * @param capacity memory for those that are known, the oldest forgotten first
 */
public record IdempotencySettings(IdempotencyKey key, Duration window, DataSize capacity) {

    /** Whether any payload is known again. */
    public boolean isOn() {
        return key != IdempotencyKey.Fixed.NONE;
    }
}
