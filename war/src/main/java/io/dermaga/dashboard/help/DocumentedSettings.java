package io.dermaga.dashboard.help;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings as the documentation speaks of them:
 *
 * <pre>
 *  **idleTimeout** – without reading and writing. `100ms` to `24h`. Default `5m`. Then …
 *  | `dermaga.session.hours` | `12` | after so many hours a session ends |
 * </pre>
 */
final class DocumentedSettings {

    private static final int MOST_CHARS = 320;

    private static final Pattern NAME = Pattern.compile("\\*\\*([a-z][A-Za-z0-9]*)\\*\\*");
    private static final Pattern PARAGRAPH =
            Pattern.compile("(?:\\*\\*[a-z][A-Za-z0-9]*\\*\\*,?\\s+)+– .*", Pattern.DOTALL);
    private static final Pattern ROW =
            Pattern.compile("\\| `(dermaga\\.[A-Za-z.]+)` \\| (.*?) \\| (.*) \\|");
    private static final Pattern FALLBACK =
            Pattern.compile("\\bDefault:? (`[^`]+`|empty|none|off|both|the system's)");
    private static final Pattern SENTENCE = Pattern.compile("(?<=[.;:])\\s+(?=[A-Z`])");
    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    private DocumentedSettings() {}

    /** By their names, those of the first document before those of later ones. */
    static Map<String, SettingHelp> read(List<String> documents) {
        Map<String, SettingHelp> found = new LinkedHashMap<>();
        for (String document : documents) {
            for (String paragraph : document.split("\\n\\s*\\n", -1)) {
                if (PARAGRAPH.matcher(paragraph).matches()) {
                    named(paragraph, found);
                } else {
                    paragraph.lines().forEach(line -> row(line, found));
                }
            }
        }
        return found;
    }

    private static void named(String paragraph, Map<String, SettingHelp> found) {
        String text = paragraph.substring(paragraph.indexOf("– ") + 2);
        Matcher fallback = FALLBACK.matcher(text.replaceAll("\\s+", " "));
        String given = fallback.find() ? plain(fallback.group(1)) : "";
        NAME.matcher(paragraph)
                .results()
                .map((MatchResult name) -> name.group(1))
                .forEach(name -> found.putIfAbsent(name, new SettingHelp(brief(text), given)));
    }

    private static void row(String line, Map<String, SettingHelp> found) {
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
            String fallback = row.group(2).equals("–") ? "" : plain(row.group(2));
            found.putIfAbsent(row.group(1), new SettingHelp(brief(row.group(3)), fallback));
        }
    }

    /** The first sentences, without marks. */
    private static String brief(String text) {
        StringBuilder brief = new StringBuilder();
        for (String sentence : SENTENCE.split(plain(text), -1)) {
            if (brief.length() > 0 && brief.length() + sentence.length() > MOST_CHARS) {
                break;
            }
            brief.append(brief.length() == 0 ? "" : " ").append(sentence);
        }
        String whole = brief.toString();
        return Character.toUpperCase(whole.charAt(0)) + whole.substring(1);
    }

    private static String plain(String text) {
        return LINK.matcher(text)
                .replaceAll("$1")
                .replace("`", "")
                .replace("**", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
