package io.dermaga.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import io.dermaga.it.support.Tcp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics and health of the running product. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class MetricsIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void prometheus_is_told_what_the_pages_show(ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            DashboardPage dashboard = new DashboardPage(page, server.dashboard());
            dashboard.open(ProductServer.PASSWORD);
            Tcp.send(server.port("stream"), "hello");

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> {
                                page.navigate(server.dashboard() + "/");
                                String shown = digits(dashboard.delivered("stream").innerText());
                                String told = metrics(server, "text/plain").body();
                                assertThat(shown).isNotEqualTo("0");
                                assertThat(
                                                sample(
                                                        told,
                                                        "dermaga_payloads_total{listener=\"stream\",outcome=\"delivered\"}"))
                                        .isEqualTo(Double.parseDouble(shown));
                                assertThat(
                                                sample(
                                                        told,
                                                        "dermaga_payload_seconds_count{listener=\"stream\"}"))
                                        .isEqualTo(Double.parseDouble(shown));
                            });

            page.navigate(server.dashboard() + "/listener.xhtml?name=stream");
            assertThat(page.locator("#latencies [data-median=whole]").innerText())
                    .matches("[0-9].* (µs|ms|s)");
            assertThat(page.locator("#latencies [data-most=whole]").innerText())
                    .matches("[0-9].* (µs|ms|s)");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain | text/plain",
                "*/* | text/plain",
                "application/openmetrics-text;version=1.0.0 | application/openmetrics-text"
            })
    void the_format_is_the_one_that_is_accepted(String accept, String type, ProductServer server) {
        HttpResponse<String> answer = metrics(server, accept);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.body())
                .contains("dermaga_adapter_connected 1", "dermaga_history_up 1")
                .contains("jvm_memory_used_bytes{", "jvm_memory_committed_bytes{")
                .contains("jvm_memory_max_bytes{", "jvm_buffer_memory_used_bytes{")
                .contains("jvm_threads_live_threads ", "jvm_threads_daemon_threads ")
                .contains("jvm_threads_states_threads{", "process_uptime_seconds ")
                .contains("process_files_open_files ", "process_files_max_files ");
        assertThat(answer.body().endsWith("# EOF\n")).isEqualTo(type.startsWith("application"));
    }

    @Test
    void metrics_are_not_shown_to_one_who_brings_no_password(ProductServer server)
            throws Exception {
        HttpResponse<String> answer = get(server, "/metrics");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("dermaga_");
    }

    @ParameterizedTest
    @CsvSource({
        "live,1",
        "ready,3",
        "started,2",
    })
    void health_is_told_without_a_login_and_without_a_session(
            String probe, int checks, ProductServer server) throws Exception {
        HttpResponse<String> answer = get(server, "/health/" + probe);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/json");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.body()).startsWith("{\"status\":\"UP\",\"checks\":[");
        assertThat(answer.body().split("\"name\":", -1)).hasSize(checks + 1);
        assertThat(answer.body()).doesNotContain("stream", "127.0.0.1", "DOWN");
    }

    @Test
    void nothing_else_below_health_is_open(ProductServer server) throws Exception {
        assertThat(get(server, "/health/").statusCode()).isIn(302, 303, 401);
        assertThat(get(server, "/health/live/more").statusCode()).isIn(302, 303, 401);
    }

    private HttpResponse<String> get(ProductServer server, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.dashboard() + path)).build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> metrics(ProductServer server, String accept) {
        return Rest.viewer(server.dashboard()).metrics(accept);
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    private static double sample(String text, String name) {
        return Pattern.compile("(?m)^" + Pattern.quote(name) + " (.*)$")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not told"));
    }
}
