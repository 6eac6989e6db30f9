package io.dermaga.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The conditions of a query on messages, which all have to be met, with their values. */
final class Conditions {

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /** Adds one. */
    Conditions and(String condition, Object... given) {
        conditions.add(condition);
        values.addAll(List.of(given));
        return this;
    }

    /** Adds that a column has a value. */
    Conditions equal(String column, Object value) {
        return and(column + " = ?", value);
    }

    /**
     * Adds that a column contains a part, in any case.
     *
     * @param isAsked whether the index of parts is to be asked, where there is one
     */
    Conditions contains(String column, String part, boolean isAsked) {
        String literal = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        String text = isAsked ? "lower(%s)" : "lower(%s) || ''"; // no index has the latter
        return and(
                text.formatted(column) + " like ?", "%" + literal.toLowerCase(Locale.ROOT) + "%");
    }

    /** Adds those of another. */
    Conditions and(Conditions others) {
        conditions.addAll(others.conditions);
        values.addAll(others.values);
        return this;
    }

    /** As a clause; empty without any. */
    String where() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    /** What stands for the question marks. */
    List<Object> values() {
        return values;
    }
}
