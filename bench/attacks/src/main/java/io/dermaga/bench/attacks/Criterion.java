package io.dermaga.bench.attacks;

import java.util.Locale;

/**
 * Something that was measured, and how much it may be.
 *
 * @param attack during which
 * @param limit NaN if it is only told
 */
record Criterion(String attack, String what, double measured, double limit, String unit) {

    /** At most so much. */
    static Criterion most(String attack, String what, double measured, double limit, String unit) {
        return new Criterion(attack, what, measured, limit, unit);
    }

    /** Told, and not judged. */
    static Criterion told(String attack, String what, double measured, String unit) {
        return new Criterion(attack, what, measured, Double.NaN, unit);
    }

    /** How many there were, not judged. */
    static Criterion count(String attack, String what, long count) {
        return told(attack, what, (double) count, "");
    }

    /** How many there were, of which there may be none. */
    static Criterion none(String attack, String what, long count) {
        return most(attack, what, (double) count, 0, "");
    }

    boolean isJudged() {
        return !Double.isNaN(limit);
    }

    boolean holds() {
        return !isJudged() || measured <= limit;
    }

    String verdict() {
        if (!isJudged()) {
            return "–";
        }
        return holds() ? "PASS" : "FAIL";
    }

    String measuredText() {
        return text(measured) + unitText();
    }

    String limitText() {
        return isJudged() ? text(limit) + unitText() : "–";
    }

    private String unitText() {
        return unit.isEmpty() ? "" : " " + unit;
    }

    private static String text(double value) {
        boolean whole = value == Math.rint(value) || Math.abs(value) >= 1000;
        return String.format(Locale.ROOT, whole ? "%,.0f" : "%.2f", value);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-10s %-4s %-62s %14s, limit %s",
                attack,
                verdict(),
                what,
                measuredText(),
                limitText());
    }
}
