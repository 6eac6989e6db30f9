package io.dermaga.audit;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record as a line of JSON, and back. */
final class AuditLine {

    private AuditLine() {}

    /** Without a line end. */
    static String write(AuditRecord one) {
        JsonObjectBuilder json =
                Json.createObjectBuilder()
                        .add("sequence", one.sequence())
                        .add("at", one.at().toString());
        add(json, "who", one.who());
        json.add("address", one.address()).add("way", one.way().name()).add("action", one.action());
        add(json, "target", one.target());
        json.add("result", one.result().name());
        add(json, "number", one.number());
        add(json, "reason", one.reason());
        return json.build().toString();
    }

    private static void add(JsonObjectBuilder json, String name, @Nullable String value) {
        if (value != null) {
            json.add(name, value);
        }
    }

    /** Empty if it is none: a crash may have cut it. */
    static Optional<AuditRecord> read(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            JsonObject json = reader.readObject();
            return Optional.of(
                    new AuditRecord(
                            json.getJsonNumber("sequence").longValueExact(),
                            Instant.parse(json.getString("at")),
                            text(json, "who"),
                            json.getString("address"),
                            AuditWay.valueOf(json.getString("way")),
                            json.getString("action"),
                            text(json, "target"),
                            AuditResult.valueOf(json.getString("result")),
                            text(json, "number"),
                            text(json, "reason")));
        } catch (JsonException
                | DateTimeException
                | NullPointerException
                | ClassCastException
                | ArithmeticException
                | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(JsonObject json, String name) {
        return json.containsKey(name) ? json.getString(name) : null;
    }
}
