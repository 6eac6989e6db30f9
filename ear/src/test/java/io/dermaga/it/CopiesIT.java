package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.Tcp;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two beans of one application that are each given all payloads of a listener. */
@ExtendWith({OrdersServer.Shared.class, Browser.Shared.class})
class CopiesIT {

    static Stream<Look> looks() {
        return DashboardIT.looks();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void each_bean_is_given_all_and_a_dead_letter_is_that_of_one(
            Look look, OrdersServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(look)) {
            Page page = DeadLettersIT.open(server, reader);
            page.navigate(server.dashboard() + "/listener.xhtml?name=invoices");
            long delivered = count(page, "delivered");
            long copied = count(page, "copied");
            int invoice = server.newOrder();

            byte[] answer = Tcp.send(server.invoices(), "fine\ntorn %d\nfine\n".formatted(invoice));

            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("+++");
            Locator copies = page.locator("[id$=copies] tbody tr");
            assertThat(copies).hasCount(2);
            assertThat(copies.nth(0)).containsText("billing");
            assertThat(copies.nth(0)).containsText("BillingBean");
            assertThat(copies.nth(1)).containsText("archive");
            assertThat(copies.nth(1)).containsText("ArchiveBean");
            assertThat(copies.nth(1).locator("[data-spool='0']")).isVisible();
            assertThat(dd(page, "delivered")).containsText(Long.toString(delivered + 5));
            assertThat(dd(page, "copied")).containsText(Long.toString(copied + 3));
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "copies-" + look.fileName());

            page.navigate(server.dashboard() + "/messages.xhtml?listener=invoices&outcome=FAILED");
            Locator failed = page.locator("#messages tbody tr").first();
            assertThat(failed.locator("[data-group=archive]")).isVisible();
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "copies-messages-" + look.fileName());
            failed.locator("a[href*='message.xhtml']").click();
            assertThat(page.locator("#group")).containsText("archive");
            page.locator("#dead-letter").click();
            assertThat(page.locator("#content-now .as-text")).containsText("torn " + invoice);

            page.navigate(server.dashboard() + "/deadletters.xhtml?listener=invoices");
            page.locator("#letters tbody a[href*='deadletter.xhtml']").first().click();
            assertThat(page.locator("#content-now .as-text")).containsText("torn " + invoice);
            assertThat(page.locator("#facts")).containsText("archive");
            assertThat(page.locator("#facts")).containsText("ArchiveBean");
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "copies-deadletter-" + look.fileName());
            page.locator("#edit summary").click();
            page.locator("#edit-text").fill("mended " + invoice);
            page.locator("#edit-save").click();
            assertThat(page.locator("#edited")).isVisible();
            page.locator("#replay").click();
            page.locator("#replay-yes").click();
            assertThat(page.locator("#gone")).isVisible();
        }
    }

    private static Locator dd(Page page, String key) {
        return page.locator("#counters [data-count=" + key + "] dd");
    }

    /** Digits before its bytes. */
    private static long count(Page page, String key) {
        String text = dd(page, key).innerText().strip().split("\\s", 2)[0];
        return Long.parseLong(text);
    }
}
