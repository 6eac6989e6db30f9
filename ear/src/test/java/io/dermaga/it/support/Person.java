package io.dermaga.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One who reads pages and sends their forms as a browser does, byte by byte: cookies are kept, no
 * script is run, no redirect is followed but at the login.
 */
public final class Person {

    private static final Pattern VIEW_STATE =
            Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]* value=\"([^\"]+)\"");

    private static final Pattern NONCE = Pattern.compile("'nonce-([^']+)'");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();
    private final URI dashboard;

    private Person(URI dashboard) {
        this.dashboard = dashboard;
    }

    /**
     * One who has not logged in.
     *
     * @param dashboard its address, without a slash at its end
     */
    public static Person nobody(URI dashboard) {
        return new Person(dashboard);
    }

    /** The user {@code viewer}, logged in. */
    public static Person viewer(URI dashboard) {
        return nobody(dashboard).logIn("viewer", ProductServer.VIEWER_PASSWORD);
    }

    /** The user {@code admin}, logged in. */
    public static Person operator(URI dashboard) {
        return nobody(dashboard).logIn("admin", ProductServer.PASSWORD);
    }

    /** A user of {@link Rest#user}, logged in. */
    public static Person user(URI dashboard, String name) {
        return nobody(dashboard).logIn(name, Rest.USER_PASSWORD);
    }

    private Person logIn(String user, String password) {
        HttpResponse<String> asked = get("/index.xhtml");
        String login = asked.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> form = exchange(request(URI.create(login)).GET());
        Map<String, String> fields =
                Map.of("credentials", "credentials", "username", user, "password", password);
        exchange(post(URI.create(login), fields(form, fields, "login")));
        // the first page after the login takes what was asked for before it
        for (int redirects = 0; redirects < 3; redirects++) {
            HttpResponse<String> page = get("/index.xhtml");
            if (page.body().contains("nav-overview")) {
                return this;
            }
        }
        throw new AssertionError("'" + user + "' could not log in: " + form.body());
    }

    /** Asks for a path below the dashboard's address. */
    public HttpResponse<String> get(String path) {
        return exchange(request(URI.create(dashboard + path)).GET());
    }

    /** Sends a request without a body. */
    public HttpResponse<String> send(String method, String path) {
        return exchange(
                request(URI.create(dashboard + path)).method(method, BodyPublishers.noBody()));
    }

    /** Sends the fields of a form, as they are. */
    public HttpResponse<String> post(String path, Map<String, String> fields) {
        return exchange(post(URI.create(dashboard + path), fields));
    }

    /**
     * What a page's form sends when a button is pressed: these fields, the button, and what proves
     * that the form was of this page.
     */
    public static Map<String, String> fields(
            HttpResponse<String> page, Map<String, String> fields, String button) {
        Map<String, String> all = new HashMap<>(fields);
        all.put(button, button);
        Matcher state = VIEW_STATE.matcher(page.body());
        if (!state.find()) {
            throw new AssertionError("no form in " + page.uri() + ": " + page.body());
        }
        all.put("jakarta.faces.ViewState", state.group(1));
        nonce(page).ifPresent(nonce -> all.put("primefaces.nonce", nonce));
        return all;
    }

    /** The nonce of a page's content security policy. */
    public static Optional<String> nonce(HttpResponse<?> page) {
        return page.headers()
                .firstValue("Content-Security-Policy")
                .map(NONCE::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1));
    }

    /** The cookies that are kept. */
    public List<HttpCookie> cookies() {
        return cookies.getCookieStore().getCookies();
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address)
                .header("Accept-Language", "en")
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }

    private static HttpRequest.Builder post(URI address, Map<String, String> fields) {
        String body =
                fields.entrySet().stream()
                        .map(one -> encoded(one.getKey()) + '=' + encoded(one.getValue()))
                        .collect(Collectors.joining("&"));
        return request(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
