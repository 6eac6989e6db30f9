package io.dermaga.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.it.support.Built;
import io.dermaga.it.support.Person;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import io.dermaga.it.support.Tcp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser is told of each answer, and what is answered at all. */
@ExtendWith(ProductServer.Shared.class)
class HeadersIT {

    private static final String POLICY = "Content-Security-Policy";

    /** A handler in an attribute, or a script within the page, that has no nonce. */
    private static final Pattern INLINE =
            Pattern.compile(
                    "<[a-z][^>]* on[a-z]+=|<script(?![^>]* (?:nonce|src)=)|javascript:",
                    Pattern.CASE_INSENSITIVE);

    /** Views are well-formed; the server goes by what a client accepts. */
    private static final String PAGE = "(text/html|application/xhtml\\+xml);charset=UTF-8";

    private static List<String> pages() throws IOException {
        try (Stream<Path> views = Files.list(Built.project().resolve("war/src/main/webapp"))) {
            return views.map(view -> view.getFileName().toString())
                    .filter(name -> name.endsWith(".xhtml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_page_runs_what_it_names_and_is_kept_nowhere(ProductServer server) throws IOException {
        Person person = Person.operator(server.dashboard());
        Set<String> nonces = new HashSet<>();
        List<String> pages = pages();
        assertThat(pages).contains("index.xhtml", "message.xhtml").hasSizeGreaterThan(10);
        for (String page : pages) {
            HttpResponse<String> answer = person.get("/" + page);

            assertThat(answer.statusCode()).as(page).isIn(200, 404);
            assertPage(answer, page);
            assertThat(nonces.add(Person.nonce(answer).orElseThrow())).as(page).isTrue();
        }
    }

    private static void assertPage(HttpResponse<String> answer, String page) {
        assertProtected(answer, page);
        String policy = answer.headers().firstValue(POLICY).orElseThrow();
        assertThat(policy)
                .as(page)
                .startsWith("default-src 'none';")
                .containsPattern("script-src 'self' 'nonce-[A-Za-z0-9+/=]{32,}'")
                .doesNotContain("unsafe-inline", "unsafe-eval", "*", "http");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).matches(PAGE);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.body()).as(page).doesNotContain("jsessionid");
        assertThat(INLINE.matcher(answer.body()).results().map(hit -> hit.group()))
                .as(page)
                .isEmpty();
    }

    private static void assertProtected(HttpResponse<?> answer, String path) {
        var headers = answer.headers();
        assertThat(headers.allValues(POLICY)).as(path).hasSize(1);
        assertThat(headers.firstValue(POLICY).orElseThrow())
                .as(path)
                .contains("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'");
        assertThat(headers.firstValue("X-Content-Type-Options")).as(path).hasValue("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).as(path).hasValue("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).as(path).hasValue("same-origin");
        assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
        assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
        assertThat(headers.map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-c"))
                .doesNotContain("x-powered-by");
        assertThat(headers.firstValue("Server").orElse("")).doesNotContainPattern("[0-9]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/content?id={id} | 200 | application/octet-stream | no-store",
                "/content?id=..%2F..%2Fetc%2Fpasswd | 404 | page | no-store",
                "/deadletter/content?id=never | 404 | page | no-store",
                "/deadletter/original?id=%0d%0aX:%20y | 404 | page | no-store",
                "/never.xhtml | 404 | page | no-store",
                "/never | 404 | page | no-store",
                "/jakarta.faces.resource/dermaga.css.xhtml?ln=dermaga | 200 | text/css | max-age",
                "/jakarta.faces.resource/dermaga.js.xhtml?ln=dermaga | 200 | application/javascript | max-age",
                "/jakarta.faces.resource/favicon.svg.xhtml?ln=dermaga | 200 | image/svg+xml | max-age",
                "/jakarta.faces.resource/never.css.xhtml?ln=dermaga | 404 | | ",
                "/health/live | 200 | application/json | no-store",
                "/metrics | 401 | application/problem+json | no-store",
                "/api/v1/adapter | 401 | application/problem+json | no-store",
                "/api/openapi.yaml | 401 | application/problem+json | no-store"
            })
    void every_answer_says_what_it_is(
            String path, int status, String type, String cache, ProductServer server) {
        Tcp.send(server.port("stream"), "<html><script>alert(1)</script></html>");
        String id =
                Rest.operator(server.dashboard())
                        .json("/v1/messages/latest?limit=1")
                        .getAsJsonArray("items")
                        .get(0)
                        .getAsJsonObject()
                        .get("id")
                        .getAsString();

        HttpResponse<String> answer =
                Person.operator(server.dashboard()).get(path.replace("{id}", id));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertProtected(answer, path);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith(type == null || type.equals("page") ? "" : type);
        assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                .contains(cache == null ? "" : cache);
        if (path.contains("{id}")) {
            assertThat(answer.headers().firstValue("Content-Disposition"))
                    .hasValue("attachment; filename=\"" + id + ".bin\"");
        }
        if ("page".equals(type)) {
            assertPage(answer, path);
            assertThat(answer.body()).doesNotContain("\tat ", "io.dermaga", "Payara");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "OPTIONS", "PUT", "DELETE", "PATCH", "PROPFIND"})
    void methods_that_pages_do_not_have_are_refused(String method, ProductServer server) {
        Person person = Person.operator(server.dashboard());
        for (String path :
                List.of(
                        "/index.xhtml",
                        "/login.xhtml",
                        "/content?id=never",
                        "/deadletter/content?id=never",
                        "/health/live",
                        "/jakarta.faces.resource/dermaga.css.xhtml?ln=dermaga")) {
            HttpResponse<String> answer = person.send(method, path);

            assertThat(answer.statusCode()).as(path).isEqualTo(405);
            // the server itself refuses TRACE
            assertThat(answer.headers().firstValue("Allow").orElse("")).doesNotContain(method);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void no_script_reads_a_cookie_and_no_other_site_sends_one(ProductServer server) {
        Person person = Person.nobody(server.dashboard());
        List<HttpResponse<String>> answers =
                List.of(
                        person.get("/index.xhtml"),
                        person.get("/login.xhtml?theme=dark"),
                        person.get("/login.xhtml?language=de"));

        List<String> cookies =
                answers.stream()
                        .flatMap(answer -> answer.headers().allValues("Set-Cookie").stream())
                        .toList();
        assertThat(cookies)
                .hasSize(3)
                .allMatch(cookie -> cookie.contains("HttpOnly"))
                .allMatch(cookie -> cookie.toLowerCase(Locale.ROOT).contains("samesite=lax"))
                .noneMatch(cookie -> cookie.contains("Domain"));
        assertThat(answers.get(1).headers().firstValue("Location").orElseThrow())
                .endsWith("/dermaga/login.xhtml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//index.xhtml",
                "/%69ndex.xhtml",
                "/index.xhtml;x=1",
                "/INDEX.xhtml",
                "/index.xhtml%00.css",
                "/login.xhtml/../index.xhtml",
                "/login.xhtml/%2e%2e/index.xhtml",
                "/jakarta.faces.resource/../index.xhtml",
                "/jakarta.faces.resource/%2e%2e/index.xhtml",
                "/jakarta.faces.resource/..%2findex.xhtml",
                "/jakarta.faces.resource/%252e%252e/index.xhtml",
                "/jakarta.faces.resource/..;/index.xhtml",
                "/health/live/../../index.xhtml",
                "/jakarta.faces.resource/index.xhtml.xhtml",
                "/jakarta.faces.resource/index.xhtml.xhtml?ln=..",
                "/jakarta.faces.resource/web.xml.xhtml?ln=../WEB-INF",
                "/jakarta.faces.resource/..%2fWEB-INF%2fweb.xml.xhtml",
                "/jakarta.faces.resource/dermaga/../../WEB-INF/web.xml",
                "/WEB-INF/web.xml",
                "/WEB-INF/classes/io/dermaga/rest/openapi.yaml",
                "/META-INF/MANIFEST.MF",
                "/content",
                "/deadletter/content"
            })
    void no_spelling_of_a_path_goes_round_the_login(String path, ProductServer server)
            throws IOException {
        String answer = raw(server, path);

        assertThat(answer.split(" ", 3)[1]).isIn("301", "302", "400", "404");
        assertThat(answer).doesNotContain("nav-overview", "<web-app", "openapi:", "#{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/web.xml",
                "/WEB-INF/template.xhtml",
                "/WEB-INF/error/500.xhtml",
                "/META-INF/MANIFEST.MF",
                "/META-INF/maven/",
                "/.git/config",
                "/resources/",
                "/resources/dermaga/",
                "/jakarta.faces.resource/",
                "/jakarta.faces.resource/web.xml.xhtml?ln=..%2FWEB-INF"
            })
    void what_is_no_page_is_not_served_to_a_user_either(String path, ProductServer server) {
        HttpResponse<String> answer = Person.operator(server.dashboard()).get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("<web-app", "#{", "Index of", "Manifest");
    }

    @Test
    void a_page_of_another_site_is_not_pushed_what_happens(ProductServer server)
            throws IOException {
        Person person = Person.operator(server.dashboard());
        String session =
                person.cookies().get(0).getName() + "=" + person.cookies().get(0).getValue();
        String upgrade =
                "Cookie: %s\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: %s"
                        .formatted(session, "%s");

        assertThat(
                        raw(
                                server,
                                "/jakarta.faces.push/live?x",
                                upgrade.formatted("http://evil.example")))
                .startsWith("HTTP/1.1 403");
        assertThat(raw(server, "/jakarta.faces.push/live?x", upgrade.formatted("null")))
                .startsWith("HTTP/1.1 403");
    }

    private static String raw(ProductServer server, String path) throws IOException {
        return raw(server, path, "Accept: */*");
    }

    /** A request that is written as it is, and what comes within a time. */
    private static String raw(ProductServer server, String path, String header) throws IOException {
        String request =
                "GET /dermaga%s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: %s\r\n%s\r\n\r\n"
                        .formatted(
                                path,
                                server.httpPort(),
                                header.contains("Upgrade") ? "Upgrade" : "close",
                                header);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
