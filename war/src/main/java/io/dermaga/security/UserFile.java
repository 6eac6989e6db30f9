package io.dermaga.security;

import io.dermaga.settings.OwnerOnly;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The users in {@code users.json} of the data directory, for nobody but the user of the server to
 * read; passwords as hashes only.
 */
final class UserFile {

    /** Where the hash of the generated password was before there were several users. */
    private static final String BEFORE = "admin.password";

    private static final String NAME = "users.json";

    private final Path directory;
    private final Path file;

    UserFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve(NAME);
    }

    boolean exists() {
        return Files.exists(file);
    }

    Path path() {
        return file;
    }

    /** The hash that an earlier version has kept for {@code admin}; empty if there is none. */
    String hashOfBefore() throws IOException {
        Path before = directory.resolve(BEFORE);
        return Files.exists(before) ? Files.readString(before).trim() : "";
    }

    /** Once the users are kept. */
    void removeBefore() throws IOException {
        Files.deleteIfExists(directory.resolve(BEFORE));
    }

    /**
     * All users.
     *
     * @throws IOException if the file cannot be read, or is not what {@link #write} has written
     */
    List<StoredUser> read() throws IOException {
        try (Reader text = Files.newBufferedReader(file);
                JsonReader reader = Json.createReader(text)) {
            List<StoredUser> users = new ArrayList<>();
            for (JsonObject one :
                    reader.readObject().getJsonArray("users").getValuesAs(JsonObject.class)) {
                users.add(user(one));
            }
            return users;
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException malformed) {
            throw new IOException("it is damaged: " + malformed.getMessage(), malformed);
        }
    }

    private static StoredUser user(JsonObject one) {
        Set<String> roles =
                one.getJsonArray("roles").getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .collect(Collectors.toSet());
        return new StoredUser(
                new Account(
                        Account.checkedName(one.getString("name")),
                        Account.checkedRoles(roles),
                        one.getBoolean("disabled"),
                        one.getBoolean("passwordDue"),
                        false,
                        one.getString("stamp")),
                one.getString("hash"));
    }

    /** Replaces all; there is never half a file, which would lock everybody out. */
    void write(Collection<StoredUser> users) throws IOException {
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (StoredUser one : users) {
            Account account = one.account();
            array.add(
                    Json.createObjectBuilder()
                            .add("name", account.name())
                            .add("roles", Json.createArrayBuilder(account.roles()))
                            .add("disabled", account.disabled())
                            .add("passwordDue", account.passwordDue())
                            .add("stamp", account.stamp())
                            .add("hash", one.hash()));
        }
        String text = Json.createObjectBuilder().add("users", array).build().toString() + '\n';
        OwnerOnly.replace(directory, NAME, text);
    }
}
