package io.dermaga.dashboard.page;

/** Words and bytes for a POSIX shell, in printable ASCII whatever they are. */
final class Shell {

    private Shell() {}

    /** A word that the shell takes as it is. */
    static String word(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** A command that writes these bytes (POSIX.1-2017, printf): {@code printf 'a\012'}. */
    static String printf(byte[] bytes) {
        StringBuilder command = new StringBuilder("printf '");
        for (byte b : bytes) {
            if (b >= ' ' && b <= '~' && b != '\'' && b != '\\' && b != '%') {
                command.append((char) b);
            } else {
                // three digits, so that a digit which follows is no part of it
                command.append("\\%03o".formatted(b & 0xff));
            }
        }
        return command.append('\'').toString();
    }
}
