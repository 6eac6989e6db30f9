package io.dermaga.alerts;

import java.util.List;

/**
 * A rule and what it looks at now.
 *
 * @param name of the rule
 * @param condition as it is written
 * @param source where that stands
 * @param values what it looks at, of each listener; empty if there is nothing to look at
 */
public record RuleStatus(String name, String condition, String source, List<Value> values) {

    public RuleStatus {
        values = List.copyOf(values);
    }

    /**
     * What is looked at.
     *
     * @param listener of which; empty if of none
     * @param figure in words
     * @param met whether the condition is met by it
     */
    public record Value(String listener, String figure, boolean met) {}
}
