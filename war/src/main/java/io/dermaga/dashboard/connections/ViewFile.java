package io.dermaga.dashboard.connections;

import io.dermaga.settings.OwnerOnly;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The views of all users in {@code views.json} of the data directory:
 *
 * <pre>
 *  {"connections":{"anna":[{"name":"large","query":"minRead=1GiB&amp;sort=-read"}]}}
 * </pre>
 */
final class ViewFile {

    private static final String PAGE = "connections";

    private static final String NAME = "views.json";

    private final Path directory;
    private final Path file;

    ViewFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve(NAME);
    }

    Path path() {
        return file;
    }

    /**
     * The views by the names of users; none if there is no file.
     *
     * @throws IOException if it cannot be read, or is not what {@link #write} has written
     */
    Map<String, List<SavedView>> read() throws IOException {
        Map<String, List<SavedView>> views = new TreeMap<>();
        if (!Files.exists(file)) {
            return views;
        }
        try (Reader text = Files.newBufferedReader(file);
                JsonReader reader = Json.createReader(text)) {
            JsonObject users = reader.readObject().getJsonObject(PAGE);
            for (String user : users.keySet()) {
                views.put(
                        user,
                        users.getJsonArray(user).getValuesAs(JsonObject.class).stream()
                                .map(ViewFile::view)
                                .toList());
            }
            return views;
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException malformed) {
            throw new IOException("it is damaged: " + malformed.getMessage(), malformed);
        }
    }

    private static SavedView view(JsonObject one) {
        return new SavedView(one.getString("name"), one.getString("query"));
    }

    /** Replaces all. */
    void write(Map<String, List<SavedView>> views) throws IOException {
        JsonObjectBuilder users = Json.createObjectBuilder();
        views.forEach(
                (user, kept) -> {
                    JsonArrayBuilder array = Json.createArrayBuilder();
                    for (SavedView one : kept) {
                        array.add(
                                Json.createObjectBuilder()
                                        .add("name", one.name())
                                        .add("query", one.query()));
                    }
                    users.add(user, array);
                });
        OwnerOnly.replace(
                directory,
                NAME,
                Json.createObjectBuilder().add(PAGE, users).build().toString() + '\n');
    }
}
