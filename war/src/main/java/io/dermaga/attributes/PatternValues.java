package io.dermaga.attributes;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a regular expression matches; if it has a group, what the first one matches.
 *
 * @param pattern of RE2, whose time grows with the text alone, whatever a peer sends
 */
record PatternValues(Pattern pattern) implements TextValues {

    @Override
    public Stream<String> in(String text) {
        Matcher matcher = pattern.matcher(text);
        int group = Math.min(1, matcher.groupCount());
        List<String> found = new ArrayList<>();
        while (found.size() < Attributes.MOST_VALUES && matcher.find()) {
            String value = matcher.group(group);
            if (value != null) {
                found.add(value);
            }
        }
        return found.stream();
    }
}
