package io.dermaga.engine;

import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.settings.AddressRange;
import java.util.List;

/** Addresses and ranges as an operator gives them. */
final class Ranges {

    private Ranges() {}

    /**
     * Reads some, separated by commas.
     *
     * @param what their name
     * @throws IllegalArgumentException DMG1001 if one is none
     */
    static List<AddressRange> parse(String what, String text) {
        try {
            return AddressRange.parseAll(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "DMG1001 '%s': given '%s', allowed: addresses and ranges as 10.0.0.0/8 or fd00::/8, separated by commas"
                            .formatted(what, Escape.text(text)),
                    e);
        }
    }
}
