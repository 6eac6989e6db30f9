package io.dermaga.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see dead letters and act on them. */
@ExtendWith({OrdersServer.Shared.class, Browser.Shared.class})
class DeadLetterAccessIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @CsvSource({
        "deadletters.xhtml, asked, replayPicked-yes",
        "deadletters.xhtml, asked, replayAll-yes",
        "deadletters.xhtml, asked, deletePicked-yes",
        "deadletters.xhtml, cancelling, cancel",
        "deadletter.xhtml, asked, replay-yes",
        "deadletter.xhtml, asked, delete-yes",
        "deadletter.xhtml, editing, edit-save"
    })
    void what_an_operator_sends_is_refused_to_one_who_has_not_logged_in(
            String view, String form, String button, OrdersServer server, Browser browser)
            throws Exception {
        int order = server.newOrder();
        server.send("closed " + order);
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);
            String list = server.dashboard() + "/deadletters.xhtml?cause=order+" + order;
            page.navigate(list);
            String id = page.locator("#letters input.pick").getAttribute("data-letter");
            if (view.equals("deadletter.xhtml")) {
                page.navigate(server.dashboard() + "/deadletter.xhtml?id=" + id);
            }

            HttpResponse<String> answer =
                    http.send(
                            request(server, view + "?id=" + id)
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    body(page, form, button, id)))
                                    .build(),
                            BodyHandlers.ofString());

            assertLogin(answer);
            page.navigate(list);
            assertThat(page.locator("#letters input.pick").count()).isEqualTo(1);
            assertThat(page.locator("#letters [data-count=replays]").innerText()).isEqualTo("0");
            assertThat(page.locator("#letters .tag.edited").count()).isZero();
        }
    }

    @Test
    void the_same_request_with_the_session_and_the_token_of_a_page_is_done(
            OrdersServer server, Browser browser) throws Exception {
        int order = server.newOrder();
        server.send("closed " + order);
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);
            String list = server.dashboard() + "/deadletters.xhtml?cause=order+" + order;
            page.navigate(list);
            String id = page.locator("#letters input.pick").getAttribute("data-letter");
            String cookies =
                    reader.cookies().stream()
                            .map(cookie -> cookie.name + "=" + cookie.value)
                            .collect(Collectors.joining("; "));

            String body = body(page, "asked", "deletePicked-yes", id);
            String forged = body.replaceFirst("(ViewState=)[^&]*", "$1-1%3A1");
            assertThat(forged).isNotEqualTo(body);

            assertThat(post(server, cookies, forged).body()).doesNotContain(id);
            page.navigate(list);
            assertThat(page.locator("#letters input.pick").count()).isEqualTo(1);

            assertThat(post(server, cookies, body).statusCode()).isEqualTo(200);
            page.navigate(list);
            assertThat(page.locator("#no-letters").count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deadletters.xhtml",
                "deadletter.xhtml?id=c.1",
                "deadletter/content?id=c.1",
                "deadletter/original?id=c.1"
            })
    void nothing_is_shown_to_one_who_has_not_logged_in(String address, OrdersServer server)
            throws Exception {
        assertLogin(http.send(request(server, address).build(), BodyHandlers.ofString()));
    }

    private HttpResponse<String> post(OrdersServer server, String cookies, String body)
            throws Exception {
        return http.send(
                request(server, "deadletters.xhtml")
                        .header("Cookie", cookies)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(OrdersServer server, String address) {
        return HttpRequest.newBuilder(URI.create(server.dashboard() + "/" + address));
    }

    private static void assertLogin(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElse("")).contains("/login.xhtml");
    }

    private static String body(Page page, String form, String button, String id) {
        String state = page.locator("input[name='jakarta.faces.ViewState']").first().inputValue();
        String nonce = String.valueOf(page.evaluate("PrimeFaces.csp.NONCE_VALUE"));
        return Map.of(
                        form,
                        form,
                        button,
                        button,
                        "picked",
                        id,
                        "until",
                        "2999-01-01T00:00:00Z",
                        "cancelled",
                        "r1",
                        "edit-text",
                        "anonymous",
                        "primefaces.nonce",
                        nonce,
                        "jakarta.faces.ViewState",
                        state)
                .entrySet()
                .stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
