package io.dermaga.health;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Answers 200 if all is up, else 503. */
@WebServlet({HealthEndpoint.LIVE, HealthEndpoint.READY, HealthEndpoint.STARTED})
public class HealthEndpoint extends HttpServlet {

    static final String LIVE = "/health/live";
    static final String READY = "/health/ready";
    static final String STARTED = "/health/started";

    @Inject private ConnectedMonitor monitor;

    private final transient RecentChecks recent = new RecentChecks(System::nanoTime);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String question = request.getServletPath();
        List<Check> checks = recent.of(question, () -> checks(question));
        boolean up = checks.stream().allMatch(Check::up);
        byte[] body = json(checks, up).getBytes(StandardCharsets.UTF_8);
        response.setStatus(
                up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private List<Check> checks(String question) {
        return switch (question) {
            case LIVE -> Health.live();
            case READY -> Health.ready(adapter());
            default -> Health.started(adapter());
        };
    }

    private Optional<AdapterSnapshot> adapter() {
        return monitor.ask(Monitor::snapshot);
    }

    static String json(List<Check> checks, boolean up) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        checks.forEach(
                check ->
                        all.add(
                                Json.createObjectBuilder()
                                        .add("name", check.name())
                                        .add("status", status(check.up()))));
        return Json.createObjectBuilder()
                .add("status", status(up))
                .add("checks", all)
                .build()
                .toString();
    }

    private static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
