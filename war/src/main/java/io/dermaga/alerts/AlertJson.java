package io.dermaga.alerts;

import io.dermaga.alerts.Alert.Acknowledgement;
import io.dermaga.alerts.Alert.State;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;

/** An alert as JSON, in a file and for a webhook. */
final class AlertJson {

    private AlertJson() {}

    static JsonObjectBuilder of(Alert alert) {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("id", alert.id()).add("rule", alert.rule());
        if (alert.listener() != null) {
            json.add("listener", alert.listener());
        }
        json.add("state", alert.state().name())
                .add("since", alert.since().toString())
                .add("text", alert.text());
        Acknowledgement known = alert.acknowledgement();
        if (known != null) {
            json.add("acknowledgement", of(known));
        }
        if (alert.resolvedAt() != null) {
            json.add("resolvedAt", alert.resolvedAt().toString());
        }
        return json;
    }

    private static JsonObjectBuilder of(Acknowledgement known) {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("by", known.by()).add("at", known.at().toString());
        if (known.comment() != null) {
            json.add("comment", known.comment());
        }
        return json;
    }

    /**
     * The alert that was written.
     *
     * @throws RuntimeException if it is none
     */
    static Alert alert(JsonObject json) {
        JsonObject known = json.getJsonObject("acknowledgement");
        String resolvedAt = json.getString("resolvedAt", null);
        String id = json.getString("id");
        return new Alert(
                Long.toString(Long.parseLong(id)),
                json.getString("rule"),
                json.getString("listener", null),
                State.valueOf(json.getString("state")),
                Instant.parse(json.getString("since")),
                json.getString("text"),
                known == null
                        ? null
                        : new Acknowledgement(
                                known.getString("by"),
                                Instant.parse(known.getString("at")),
                                known.getString("comment", null)),
                resolvedAt == null ? null : Instant.parse(resolvedAt));
    }
}
