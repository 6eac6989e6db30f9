package io.dermaga.rest;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The JSON object of a request, of which nothing is guessed: what is not allowed is refused. */
final class JsonBody {

    /** The largest one, in bytes: a thousand ids of dead letters fit. */
    static final int MOST = 256 * 1024;

    private final String where;
    private final JsonObject object;

    private JsonBody(String where, JsonObject object) {
        this.where = where;
        this.object = object;
    }

    /**
     * Reads an object.
     *
     * @param names that it may have
     */
    static JsonBody read(InputStream body, String... names) {
        return read(Bytes.read(body, MOST), names);
    }

    /** The same, or an object without members if there is no body. */
    static JsonBody readIfAny(InputStream body, String... names) {
        byte[] bytes = Bytes.read(body, MOST);
        return bytes.length == 0
                ? new JsonBody("", JsonValue.EMPTY_JSON_OBJECT)
                : read(bytes, names);
    }

    private static JsonBody read(byte[] bytes, String... names) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return of("", reader.readValue(), names);
        } catch (JsonException malformed) {
            throw Refused.bad("body", bytes.length + " bytes", "a JSON object");
        }
    }

    private static JsonBody of(String where, JsonValue value, String... names) {
        if (value.getValueType() != JsonValue.ValueType.OBJECT) {
            throw Refused.bad(
                    where.isEmpty() ? "body" : "member '" + where + "'",
                    value.getValueType().name(),
                    "a JSON object");
        }
        JsonObject object = value.asJsonObject();
        Set<String> unknown = new TreeSet<>(object.keySet());
        unknown.removeAll(List.of(names));
        if (!unknown.isEmpty()) {
            throw Refused.bad(
                    (where.isEmpty() ? "body" : "member '" + where + "'") + " with members",
                    String.join(", ", unknown),
                    String.join(", ", names));
        }
        return new JsonBody(where, object);
    }

    boolean has(String name) {
        return object.containsKey(name);
    }

    String text(String name) {
        String text = optionalText(name);
        if (text == null) {
            throw refused(name, null, "a string");
        }
        return text;
    }

    /** Null if the member is not there. */
    @Nullable String optionalText(String name) {
        JsonValue value = object.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof JsonString string) {
            return string.getString();
        }
        throw refused(name, value, "a string");
    }

    long number(String name) {
        JsonValue value = object.get(name);
        try {
            if (value instanceof JsonNumber number) {
                return number.longValueExact();
            }
        } catch (ArithmeticException noWholeOne) {
            // told below
        }
        throw refused(name, value, "a whole number");
    }

    double decimal(String name) {
        JsonValue value = object.get(name);
        if (value instanceof JsonNumber number) {
            return number.doubleValue();
        }
        throw refused(name, value, "a number");
    }

    boolean flag(String name) {
        JsonValue value = object.get(name);
        if (value == JsonValue.TRUE || value == JsonValue.FALSE) {
            return value == JsonValue.TRUE;
        }
        throw refused(name, value, "true, false");
    }

    /** The member as strings. */
    List<String> texts(String name, int most) {
        JsonValue value = object.get(name);
        String allowed = "1 to " + most + " strings";
        if (value == null || value.getValueType() != JsonValue.ValueType.ARRAY) {
            throw refused(name, value, allowed);
        }
        List<JsonValue> values = value.asJsonArray();
        if (values.isEmpty() || values.size() > most) {
            throw Refused.bad(member(name), values.size() + " strings", allowed);
        }
        return values.stream()
                .map(
                        one -> {
                            if (one instanceof JsonString string) {
                                return string.getString();
                            }
                            throw refused(name, one, allowed);
                        })
                .toList();
    }

    /** The member as an object with these names. */
    JsonBody object(String name, String... names) {
        return of(name, object.getOrDefault(name, JsonValue.NULL), names);
    }

    private String member(String name) {
        return "member '" + (where.isEmpty() ? "" : where + ".") + name + "'";
    }

    private Refused refused(String name, @Nullable JsonValue given, String allowed) {
        String text = given == null ? "nothing" : given.toString();
        return Refused.bad(
                member(name), text.length() > 100 ? text.substring(0, 100) + "…" : text, allowed);
    }
}
