package io.dermaga.dashboard.tree;

import io.dermaga.dashboard.tree.ContentTree.Format;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Rows of one JSON text, or of several one after another. It is read as a stream and left as soon
 * as there are enough rows: a thousand levels of nothing cost nothing.
 */
final class JsonRows {

    /** An array or object that is not at its end. */
    private static final class Level {
        private final boolean array;
        private int index;

        Level(boolean array) {
            this.array = array;
        }
    }

    private final boolean whole;
    private final Rows rows = new Rows();
    private final Deque<Level> levels = new ArrayDeque<>();
    private String name = "";

    JsonRows(boolean whole) {
        this.whole = whole;
    }

    ContentTree read(String text) {
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            while (parser.hasNext()) {
                take(parser.next(), parser);
            }
            return new ContentTree(Format.JSON, rows.all(), null, null);
        } catch (Rows.Full full) {
            return new ContentTree(Format.JSON, rows.all(), full.end(), null);
        } catch (JsonException | IllegalStateException malformed) {
            return ContentTree.malformed(Format.JSON, rows, whole, malformed.getMessage());
        }
    }

    private void take(JsonParser.Event event, JsonParser parser) {
        switch (event) {
            case KEY_NAME -> name = parser.getString();
            case START_OBJECT -> open(false, "{ }");
            case START_ARRAY -> open(true, "[ ]");
            case END_OBJECT, END_ARRAY -> levels.removeLast();
            case VALUE_STRING -> add('"' + parser.getString() + '"');
            case VALUE_NUMBER -> add(parser.getString());
            case VALUE_TRUE -> add("true");
            case VALUE_FALSE -> add("false");
            case VALUE_NULL -> add("null");
        }
    }

    private void open(boolean array, String shown) {
        add(shown);
        levels.addLast(new Level(array));
    }

    private void add(String value) {
        Level level = levels.peekLast();
        String shown = level != null && level.array ? "[" + level.index++ + "]" : name;
        rows.add(levels.size(), shown, value, "");
        name = "";
    }
}
