package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the dashboard says of the server it is on. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class DoctorIT {

    static Stream<Look> looks() {
        return DashboardIT.looks();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void what_is_well_and_what_is_not_is_told_with_its_cure(
            Look look, ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(look)) {
            Page page = reader.newPage();
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD).go("doctor");

            assertThat(page.locator("[data-check=ADAPTER][data-verdict=GOOD]")).isVisible();
            assertThat(page.locator("[data-check=TRANSACTIONS][data-verdict=GOOD]")).isVisible();
            assertThat(page.locator("[data-check=THREADS][data-verdict=GOOD]")).isVisible();
            assertThat(page.locator("[data-check=ENCRYPTION][data-verdict=NOTICE]")).isVisible();
            assertThat(page.locator("[data-check=CERTIFICATES]")).containsText("secure");
            assertThat(page.locator("#server")).containsText("Payara");
            assertThat(page.locator("#settings")).containsText("dermaga.history.days");
            assertThat(page.locator("#settings")).containsText("********");
            assertThat(page.locator("main")).not().containsText(ProductServer.PASSWORD);
            Browser.screenshot(page, "doctor-" + look.fileName());
        }
    }

    @Test
    void machines_are_told_the_same(ProductServer server) {
        Map<String, String> verdicts = new TreeMap<>();
        for (JsonElement one :
                Rest.json(Rest.viewer(server.dashboard()).get("/v1/doctor"), 200)
                        .getAsJsonArray("items")) {
            verdicts.put(
                    one.getAsJsonObject().get("check").getAsString(),
                    one.getAsJsonObject().get("verdict").getAsString());
        }

        assertThat(verdicts)
                .hasSize(17)
                .containsKey("IDENTITY_PROVIDER")
                .containsEntry("ADAPTER", "GOOD")
                .containsEntry("VISIBILITY", "GOOD")
                .containsKey("DESCRIPTORS")
                .containsEntry("DATA", "GOOD")
                .containsEntry("ENCRYPTION", "NOTICE");
    }
}
