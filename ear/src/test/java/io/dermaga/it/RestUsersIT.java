package io.dermaga.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import io.dermaga.it.support.RestOperation;
import java.io.InputStream;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users by REST: what an admin does to them, and what they may before they have a password. */
@ExtendWith(ProductServer.Shared.class)
class RestUsersIT {

    @Test
    void with_a_password_that_is_due_nothing_but_another_one_is_taken(ProductServer server) {
        Rest admin = Rest.operator(server.dashboard());
        String issued =
                Rest.json(
                                admin.send(
                                        "POST",
                                        "/v1/users",
                                        "application/json",
                                        "{\"name\":\"fresh\",\"roles\":[\"operator\",\"admin\"]}"),
                                201)
                        .get("password")
                        .getAsString();
        Rest fresh = Rest.nobody(server.dashboard()).as("fresh", issued);
        for (RestOperation operation : RestOperation.all(server.dashboard())) {
            if (!operation.path().equals("/v1/password")) {
                HttpResponse<String> answer = operation.by(fresh);
                assertThat(answer.statusCode()).as("%s", operation).isEqualTo(403);
                assertThat(answer.body()).contains("DMG4613");
            }
        }
        assertThat(choose(fresh, "password").body()).contains("DMG4610");
        assertThat(choose(fresh, issued).body()).contains("DMG4612");
        assertThat(choose(fresh, "a pier of my own").statusCode()).isEqualTo(204);
        assertThat(fresh.get("/v1/adapter").statusCode()).isEqualTo(401);
        Rest own = Rest.nobody(server.dashboard()).as("fresh", "a pier of my own");
        assertThat(own.get("/v1/adapter").statusCode()).isEqualTo(200);

        assertThat(admin.send("DELETE", "/v1/users/fresh").statusCode()).isEqualTo(204);
        assertThat(own.get("/v1/adapter").statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> choose(Rest user, String password) {
        return user.send(
                "PUT", "/v1/password", "application/json", "{\"password\":\"" + password + "\"}");
    }

    @Test
    void users_are_changed_disabled_and_unlocked(ProductServer server) {
        Rest admin = Rest.operator(server.dashboard());
        Rest dora = Rest.user(server.dashboard(), "dora", "operator");
        assertThat(admin.json("/v1/users/dora").get("passwordDue").getAsBoolean()).isFalse();
        assertThat(dora.send("POST", "/v1/listeners/nope/pause").statusCode()).isEqualTo(404);

        Rest.json(
                admin.send(
                        "PUT",
                        "/v1/users/dora",
                        "application/json",
                        "{\"roles\":[\"viewer\"],\"disabled\":false}"),
                200);
        assertThat(dora.send("POST", "/v1/listeners/nope/pause").statusCode()).isEqualTo(403);
        Rest.json(
                admin.send(
                        "PUT",
                        "/v1/users/dora",
                        "application/json",
                        "{\"roles\":[\"viewer\"],\"disabled\":true}"),
                200);
        assertThat(dora.get("/v1/adapter").statusCode()).isEqualTo(401);

        Rest eve = Rest.user(server.dashboard(), "eve");
        Rest guessing = Rest.nobody(server.dashboard());
        int answer = 401;
        for (int i = 0; i < 20 && answer == 401; i++) {
            answer = guessing.as("eve", "wrong" + i).get("/v1/adapter").statusCode();
        }
        assertThat(answer).isEqualTo(429);
        Rest.json(admin.send("POST", "/v1/users/eve/unlock"), 200);
        assertThat(eve.get("/v1/adapter").statusCode()).isEqualTo(200);

        assertThat(admin.send("DELETE", "/v1/users/admin").body()).contains("DMG4608");
        assertThat(
                        admin.send(
                                        "POST",
                                        "/v1/users",
                                        "application/json",
                                        "{\"name\":\"eve\",\"roles\":[\"viewer\"]}")
                                .body())
                .contains("DMG4605");
    }

    @Test
    @Timeout(60)
    void who_listens_to_events_is_left_when_he_is_disabled(ProductServer server) throws Exception {
        Rest listener = Rest.user(server.dashboard(), "horst");
        try (InputStream events = listener.open("/v1/events/live").body()) {
            assertThat(events.read()).isPositive();
            Rest.operator(server.dashboard())
                    .send(
                            "PUT",
                            "/v1/users/horst",
                            "application/json",
                            "{\"roles\":[\"viewer\"],\"disabled\":true}");

            events.readAllBytes(); // ends
        }
    }
}
