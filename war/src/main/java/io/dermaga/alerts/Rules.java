package io.dermaga.alerts;

import io.dermaga.settings.KnownSetting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules that are in force, and what is wrong with those that are not.
 *
 * @param all those that are built in first, then in the order of their names
 * @param problems numbered, one sentence each
 */
record Rules(List<Rule> all, List<String> problems) {

    /** How many an operator may write. */
    static final int MOST = 100;

    /** Prefix of the names of their properties. */
    static final String PREFIX = "dermaga.alert.";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final Pattern WRITTEN =
            Pattern.compile("([A-Za-z-]{1,30})\\s*\\(([^()]{0,500})\\)");

    /** What needs no configuration: each is a state in which something is lost or will be. */
    private static final Map<String, String> BUILT_IN = builtIn();

    Rules {
        all = List.copyOf(all);
        problems = List.copyOf(problems);
    }

    private static Map<String, String> builtIn() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put("adapter", "adapter(for=1m)");
        rules.put("listener-failed", "state(is=FAILED, for=30s)");
        rules.put("certificate", "certificate(before=14d)");
        rules.put("dead-letters", "dead-letters(above=0, within=1h)");
        rules.put("back-pressure", "back-pressure(for=1m)");
        rules.put("spool", "spool(for=1m)");
        rules.put("history", "history(for=1m)");
        rules.put("disk", "disk(below=512MiB)");
        return rules;
    }

    /**
     * Those that are built in, with what an operator has written: in their place, or {@code off},
     * or beside them. One that cannot be read leaves a built-in one in force.
     *
     * @param written by the names of the rules
     */
    static Rules read(Map<String, KnownSetting> written) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        BUILT_IN.forEach(
                (name, text) ->
                        read(
                                name,
                                new KnownSetting(PREFIX + name, text, Rule.BUILT_IN),
                                rules,
                                problems));
        if (written.size() > MOST) {
            problems.add(
                    refused(PREFIX + "*", written.size() + " rules", "at most " + MOST + " rules"));
        }
        written.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST)
                .forEach(one -> read(one.getKey(), one.getValue(), rules, problems));
        return new Rules(new ArrayList<>(rules.values()), problems);
    }

    private static void read(
            String name, KnownSetting given, Map<String, Rule> rules, List<String> problems) {
        String property = PREFIX + name;
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    refused(property, name, "a name of lower-case letters, digits, '-' and '_'"));
            return;
        }
        String text = given.value().strip();
        if (text.equals("off")) {
            rules.remove(name);
            return;
        }
        Matcher matcher = WRITTEN.matcher(text);
        Kind kind = matcher.matches() ? Kind.of(matcher.group(1)).orElse(null) : null;
        if (kind == null) {
            problems.add(
                    refused(
                            property,
                            cut(text),
                            "off, or one of " + Kind.words() + ", as " + Kind.SILENCE.example()));
            return;
        }
        Arguments arguments = kind.arguments(matcher.group(2));
        Condition condition = kind.make(arguments);
        arguments
                .problems()
                .forEach(
                        problem ->
                                problems.add(
                                        "DMG4653 property '%s': %s; example: %s"
                                                .formatted(property, problem, kind.example())));
        if (arguments.problems().isEmpty()) {
            rules.put(name, new Rule(name, text, given.source(), condition));
        }
    }

    static String refused(String property, String given, String allowed) {
        return "DMG4653 property '%s': given '%s', allowed: %s".formatted(property, given, allowed);
    }

    private static String cut(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }
}
