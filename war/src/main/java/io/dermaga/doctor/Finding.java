package io.dermaga.doctor;

/**
 * What came of a check.
 *
 * @param fact figures and names, in no language
 */
public record Finding(Check check, Verdict verdict, String fact) {

    static Finding good(Check check, String fact) {
        return new Finding(check, Verdict.GOOD, fact);
    }

    static Finding of(Check check, boolean isGood, Verdict otherwise, String fact) {
        return new Finding(check, isGood ? Verdict.GOOD : otherwise, fact);
    }
}
