package io.dermaga.dashboard.tree;

import io.dermaga.dashboard.text.Visible;
import io.dermaga.dashboard.tree.ContentTree.End;
import io.dermaga.dashboard.tree.ContentTree.Row;
import java.util.ArrayList;
import java.util.List;

/** Rows as they are found, until there are enough of them. */
final class Rows {

    /** How many characters of a name or a value are shown. */
    private static final int MOST_CHARACTERS = 500;

    /** That there are enough. */
    static final class Full extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final End end;

        Full(End end) {
            super(end.name(), null, false, false);
            this.end = end;
        }

        End end() {
            return end;
        }
    }

    private final List<Row> rows = new ArrayList<>();

    /**
     * Takes one.
     *
     * @throws Full if there are too many, or it is too deep
     */
    void add(int depth, String name, String value, String meaning) {
        if (depth >= ContentTree.MOST_DEPTH) {
            throw new Full(End.DEPTH);
        }
        if (rows.size() >= ContentTree.MOST_ROWS) {
            throw new Full(End.ROWS);
        }
        rows.add(new Row(depth, cut(name), cut(value), meaning));
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS
                ? Visible.line(text)
                : Visible.line(text.substring(0, MOST_CHARACTERS)) + "…";
    }

    List<Row> all() {
        return rows;
    }
}
