package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.peers.Census;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Built;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.FullServer;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import io.dermaga.it.support.Tcp;
import io.dermaga.run.Ports;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The first shape of the product: the EAR as it is, on a full application server. */
@ExtendWith({Browser.Shared.class, FullServer.Shared.class})
class EarOnPayaraServerIT {

    @Test
    void the_ear_delivers_and_shows_a_payload_and_its_undeployment_frees_the_ports(
            Browser browser, FullServer server) {
        int stream = server.port("stream");
        int lines = server.port("lines");
        try (BrowserContext reader =
                browser.reader(new Browser.Look("en", ColorScheme.LIGHT, 1440, 900))) {
            server.deploy(Built.ear());
            Page page = reader.newPage();
            URI address = URI.create("http://localhost:" + server.httpPort() + "/dermaga");
            DashboardPage dashboard = new DashboardPage(page, address);
            dashboard.open(ProductServer.PASSWORD);
            assertThat(dashboard.delivered("stream")).hasText("0");

            Tcp.send(stream, "hello");

            assertThat(dashboard.delivered("stream")).hasText("1");
            Browser.screenshot(page, "overview-on-payara-server");
            assertThat(
                            Rest.operator(address)
                                    .json("/v1/listeners/stream")
                                    .getAsJsonObject("counters")
                                    .get("delivered")
                                    .getAsInt())
                    .isOne();

            assertThat(Census.of(server.pid()).classesOf("io.dermaga.traces.TraceTask"))
                    .isNotEmpty();
            server.undeploy("dermaga");
            await().untilAsserted(
                            () ->
                                    assertThat(
                                                    Ports.isFree("127.0.0.1", stream)
                                                            && Ports.isFree("127.0.0.1", lines))
                                            .isTrue());
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    Census.of(server.pid())
                                                            .classesOf(
                                                                    "io.dermaga.traces.TraceTask"))
                                            .as("nobody exports spans any more")
                                            .isEmpty());
        }
    }
}
