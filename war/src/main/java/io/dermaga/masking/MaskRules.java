package io.dermaga.masking;

import io.dermaga.settings.Rules;
import io.dermaga.settings.Rules.Rule;
import java.util.Arrays;
import java.util.List;

/**
 * Reads rules as they are configured: {@code pan, hl7(PID-3), iso8583(2, 35), regex(AHV[0-9.]+)}.
 */
final class MaskRules {

    private static final String ALLOWED =
            "pan, hl7(SEG-N, …) with fields as PID-5, iso8583(N, …) with elements from 2 to 128,"
                    + " regex(…) of RE2, separated by commas";

    private MaskRules() {}

    /**
     * The rules of a text.
     *
     * @param name of the setting, for the error
     * @throws IllegalStateException DMG4701 if it has any other form
     */
    static List<Mask> parse(String name, String text) {
        try {
            return Rules.parse(text).stream().map(MaskRules::mask).toList();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalStateException(
                    "DMG4701 property '%s': given '%s' (%s), allowed: %s"
                            .formatted(name, text, wrong.getMessage(), ALLOWED),
                    wrong);
        }
    }

    private static Mask mask(Rule rule) {
        if (!rule.name().isEmpty()) {
            throw new IllegalArgumentException("unknown rule '" + rule.name() + "=…'");
        }
        return switch (rule.kind()) {
            case "pan" -> pan(rule);
            case "hl7" -> hl7(rule.argument());
            case "iso8583" -> Iso8583Mask.of(rule.argument());
            case "regex" -> new PatternMask(rule.pattern());
            default -> throw new IllegalArgumentException("unknown rule '" + rule.kind() + "'");
        };
    }

    private static Mask pan(Rule rule) {
        if (!rule.parenthesis().isEmpty()) {
            throw new IllegalArgumentException("nothing may follow 'pan'");
        }
        return new PanMask();
    }

    private static Mask hl7(String argument) {
        return new Hl7Mask(
                Arrays.stream(argument.split(",", -1))
                        .map(String::strip)
                        .map(Hl7Mask.Field::parse)
                        .toList());
    }
}
