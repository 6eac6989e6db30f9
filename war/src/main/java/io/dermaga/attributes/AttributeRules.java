package io.dermaga.attributes;

import io.dermaga.settings.Rules;
import io.dermaga.settings.Rules.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads rules as they are configured: {@code order=json(/order/id), patient=hl7(PID-3.1)}. */
final class AttributeRules {

    private static final int MOST = 16;

    private static final String ALLOWED =
            "up to "
                    + MOST
                    + " of NAME=hl7(SEG-N.N), NAME=json(/POINTER), NAME=xml(/PATH/@ATTRIBUTE),"
                    + " NAME=iso8583(N) with MTI or an element from 2 to 128,"
                    + " NAME=regex(…) of RE2, separated by commas, each name once";

    private AttributeRules() {}

    /**
     * The rules of a text by their names, in their order.
     *
     * @param property name of the setting, for the error
     * @throws IllegalStateException DMG4721 if it has any other form
     */
    static Map<String, Values> parse(String property, String text) {
        try {
            Map<String, Values> rules = new LinkedHashMap<>();
            List<Rule> given = Rules.parse(text);
            for (Rule rule : given) {
                if (rule.name().isEmpty() || rules.put(rule.name(), values(rule)) != null) {
                    throw new IllegalArgumentException(
                            "each needs a name of its own, '" + rule.name() + "' is none");
                }
            }
            if (rules.size() > MOST) {
                throw new IllegalArgumentException(rules.size() + " rules");
            }
            return rules;
        } catch (IllegalArgumentException wrong) {
            throw new IllegalStateException(
                    "DMG4721 property '%s': given '%s' (%s), allowed: %s"
                            .formatted(property, text, wrong.getMessage(), ALLOWED),
                    wrong);
        }
    }

    private static Values values(Rule rule) {
        return switch (rule.kind()) {
            case "hl7" -> Hl7Values.of(rule.argument().strip());
            case "json" -> JsonValues.of(rule.argument().strip());
            case "xml" -> XmlValues.of(rule.argument().strip());
            case "iso8583" -> Iso8583Values.of(rule.argument().strip());
            case "regex" -> new PatternValues(rule.pattern());
            default -> throw new IllegalArgumentException("unknown rule '" + rule.kind() + "'");
        };
    }
}
