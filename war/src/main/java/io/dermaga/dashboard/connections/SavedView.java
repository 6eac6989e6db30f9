package io.dermaga.dashboard.connections;

import java.util.regex.Pattern;

/**
 * What a reader has kept of the connections.
 *
 * @param name that he has given it
 * @param query of the address, as of {@link ConnectionQuery#toString}
 */
public record SavedView(String name, String query) {

    /** How long a name may be. */
    public static final int MOST_NAME = 40;

    static final int MOST_QUERY = 2_000;

    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S} ]{1," + MOST_NAME + "}");

    public SavedView {
        name = name.strip();
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "DMG4712 name of a view: given '%s', allowed: 1 to %d letters, digits, signs and blanks"
                            .formatted(name, MOST_NAME));
        }
        if (query.length() > MOST_QUERY) {
            throw new IllegalArgumentException(
                    "DMG4713 a view has an address of %d characters, allowed: %d"
                            .formatted(query.length(), MOST_QUERY));
        }
    }

    SavedView named(String other) {
        return new SavedView(other, query);
    }
}
