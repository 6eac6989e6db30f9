package io.dermaga.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An operation of the REST interface as its own description has it, on things that there are not,
 * but the listener {@code stream}.
 *
 * @param path below {@code /api}
 */
public record RestOperation(String method, String path) {

    private static final Pattern PATH = Pattern.compile("^  (/\\S+):$");
    private static final Pattern METHOD = Pattern.compile("^    (get|post|put|delete):$");

    /** All of them. */
    public static List<RestOperation> all(URI dashboard) {
        return all(dashboard, "stream");
    }

    /** All of them, for a listener of this name. */
    public static List<RestOperation> all(URI dashboard, String listener) {
        List<RestOperation> operations = new ArrayList<>();
        String path = "";
        String description = Rest.viewer(dashboard).get("/openapi.yaml").body();
        for (String line : description.lines().toList()) {
            Matcher found = PATH.matcher(line);
            Matcher method = METHOD.matcher(line);
            if (found.matches()) {
                path =
                        found.group(1)
                                .replace("{name}", listener)
                                .replace("{id}", "c.1")
                                .replace("{user}", "nobody");
            } else if (method.matches()) {
                operations.add(new RestOperation(method.group(1).toUpperCase(Locale.ROOT), path));
            }
        }
        assertThat(operations).hasSizeGreaterThan(40);
        return operations;
    }

    /** Whether it may change something. */
    public boolean acts() {
        return !method.equals("GET");
    }

    /** Sends it. */
    public HttpResponse<String> by(Rest client) {
        if (acts() && Stream.of("/content", "/send", "/write").anyMatch(path::endsWith)) {
            return client.send(method, path, "application/octet-stream", "x");
        }
        String body = path.equals("/v1/recordings") ? "{\"listener\":\"nobody\"}" : "{}";
        return acts() && !method.equals("DELETE")
                ? client.send(method, path, "application/json", body)
                : client.send(method, isExport() ? path + "?format=jsonl" : path);
    }

    private boolean isExport() {
        return path.endsWith("/export");
    }

    /** The role that it needs. */
    public String role() {
        if (path.startsWith("/v1/users") || path.equals("/v1/audit")) {
            return "admin";
        }
        if (path.equals("/v1/password")) {
            return "viewer";
        }
        if (path.endsWith("/reveal")) {
            return "revealer";
        }
        if (acts()) {
            return "operator";
        }
        return Stream.of("/content", "/original", "/attributes", "/acknowledgement", "/export")
                        .anyMatch(path::endsWith)
                ? "payload-reader"
                : "viewer";
    }
}
