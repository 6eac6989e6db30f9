package io.dermaga.bench.connections;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Reads pages and their pushed parts as a browser asks for them, without running scripts. */
final class Reader {

    /**
     * What came.
     *
     * @param sent bytes of the body as they were sent, compressed if the server does that
     */
    record Answer(String body, int sent, Duration took) {

        int bytes() {
            return body.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    private static final Pattern STATE =
            Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]* value=\"([^\"]+)\"");
    private static final Pattern NONCE = Pattern.compile("'nonce-([^']+)'");

    private static final int MOST_TRIES = 180;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(new CookieManager())
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
    private final URI dashboard;
    private String state = "";
    private String nonce = "";

    Reader(URI dashboard) {
        this.dashboard = dashboard;
    }

    void logIn(String user, String password) throws IOException, InterruptedException {
        awaitPages();
        post(
                "/login.xhtml",
                Map.of(
                        "credentials",
                        "credentials",
                        "username",
                        user,
                        "password",
                        password,
                        "login",
                        "login"));
        if (!get("/connections.xhtml").body().contains("nav-overview")) {
            throw new IOException("nobody is logged in");
        }
    }

    /** Ports are open before pages are there. */
    private void awaitPages() throws IOException, InterruptedException {
        for (int i = 0; ; i++) {
            try {
                get("/login.xhtml");
                return;
            } catch (IOException notYet) {
                if (i == MOST_TRIES) {
                    throw notYet;
                }
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    /** A page; what is pushed afterwards is of this page. */
    Answer get(String path) throws IOException, InterruptedException {
        Answer page = exchange(request(path).GET());
        Matcher found = STATE.matcher(page.body());
        if (found.find()) {
            state = found.group(1);
        }
        return page;
    }

    /** The parts of the page that are shown anew when the server says that there is something. */
    Answer refresh(String path, String parts) throws IOException, InterruptedException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("jakarta.faces.partial.ajax", "true");
        fields.put("jakarta.faces.source", "pull");
        fields.put("jakarta.faces.partial.execute", "pull");
        fields.put("jakarta.faces.partial.render", parts);
        fields.put("pull", "pull");
        fields.put("refresh", "refresh");
        Answer answer = post(path, fields);
        if (!answer.body().contains("<partial-response")) {
            throw new IOException("no part of a page: " + answer.body());
        }
        return answer;
    }

    private Answer post(String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("jakarta.faces.ViewState", state);
        all.put("primefaces.nonce", nonce);
        String body =
                all.entrySet().stream()
                        .map(one -> encoded(one.getKey()) + '=' + encoded(one.getValue()))
                        .collect(Collectors.joining("&"));
        HttpRequest.Builder request =
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (fields.containsKey("jakarta.faces.partial.ajax")) {
            request.header("Faces-Request", "partial/ajax");
        }
        return exchange(request);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(dashboard + path))
                .timeout(Duration.ofSeconds(60))
                .header("Accept-Encoding", "gzip")
                .header("Accept-Language", "en");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Answer exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        HttpResponse<byte[]> answer =
                http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        answer.headers()
                .firstValue("Content-Security-Policy")
                .map(NONCE::matcher)
                .filter(Matcher::find)
                .ifPresent(found -> nonce = found.group(1));
        if (answer.statusCode() != 200) {
            throw new IOException("HTTP " + answer.statusCode() + " of " + answer.uri());
        }
        byte[] body = answer.body();
        boolean packed = answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
        byte[] plain =
                packed ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
        return new Answer(new String(plain, StandardCharsets.UTF_8), body.length, took);
    }
}
