package io.dermaga.dashboard.text;

/** Names of files that browsers are told of. */
public final class FileName {

    private FileName() {}

    /** A name without anything that a file system or a header could mistake. */
    public static String of(String text) {
        return text.replaceAll("[^\\w.-]", "_");
    }

    /** Value of {@code Content-Disposition} (RFC 6266): to be saved, never to be shown. */
    public static String attachment(String name) {
        return "attachment; filename=\"" + of(name) + '"';
    }
}
