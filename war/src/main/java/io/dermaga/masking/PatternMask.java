package io.dermaga.masking;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * What a regular expression matches; if it has groups, only what they match.
 *
 * @param pattern of RE2, whose time grows with the text alone, whatever a peer sends
 */
record PatternMask(Pattern pattern) implements Mask {

    @Override
    public String apply(String text) {
        Matcher found = pattern.matcher(text);
        StringBuilder covered = null;
        while (found.find()) {
            covered = covered == null ? new StringBuilder(text) : covered;
            int groups = found.groupCount();
            for (int group = groups == 0 ? 0 : 1; group <= groups; group++) {
                if (found.start(group) >= 0) {
                    covered.replace(
                            found.start(group),
                            found.end(group),
                            Mask.cover(found.end(group) - found.start(group)));
                }
            }
        }
        return covered == null ? text : covered.toString();
    }
}
