package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Tcp;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The framing lab as somebody uses it who wants to know what a peer speaks. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class LabIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    private static final String HL7 =
            "\\x0bMSH|^~\\\\&|LAB|HOSP|EHR|CLINIC|20240101||ORU^R01|%d|P|2.5.1\\rPID|1||4711\\r\\x1c\\r";

    static Stream<Look> looks() {
        return DashboardIT.looks();
    }

    private static Page opened(BrowserContext reader, ProductServer server) {
        Page page = reader.newPage();
        new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD).go("lab");
        return page;
    }

    private static Locator best(Page page) {
        return page.locator("#fitting .trial").first();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void pasted_bytes_are_framed_and_the_property_is_copied(
            Look look, ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(look)) {
            reader.grantPermissions(List.of("clipboard-read", "clipboard-write"));
            Page page = opened(reader, server);
            assertThat(page.locator("#nothing")).isVisible();
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "lab-empty-" + look.fileName());

            page.locator("#written").fill(HL7.formatted(1) + HL7.formatted(2) + "\\x0bMSH|^~\\\\&");
            page.locator("#try").click();
            assertThat(best(page)).hasAttribute("data-framing", "mllp");
            assertThat(best(page)).hasAttribute("data-frames", "2");
            assertThat(best(page)).hasAttribute("aria-current", "true");
            assertThat(page.locator("#framed .run.payload.begins, #framed .run.framing.begins"))
                    .not()
                    .hasCount(0);
            assertThat(page.locator("#frames tbody tr")).hasCount(2);
            assertThat(page.locator("#frames tbody tr").first()).containsText("MSH|^~\\&|LAB");
            Locator copy = page.locator("[data-copy=property]");
            copy.click();
            assertThat(copy.locator("[role=status]")).isVisible();
            assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo("framing=mllp");
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "lab-" + look.fileName());

            page.evaluate("window.notReloaded = true");
            page.locator("#fitting .trial[data-framing='lines(lenient)']").click();
            assertThat(page.locator("#chosen-framing"))
                    .hasAttribute("data-framing", "lines(lenient)");
            assertThat(page.locator("#annotation")).containsText("\"lines(lenient)\"");
            page.locator(".misfits summary").click();
            page.locator("#others .trial[data-framing='syslog']").click();
            assertThat(page.locator("#trial-error")).containsText("DMG2104 byte 0");
            assertThat(page.evaluate("window.notReloaded")).isEqualTo(true);
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "lab-misfit-" + look.fileName());
        }
    }

    @Test
    void the_bytes_of_a_message_are_tried_under_an_address_to_be_kept(
            ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = opened(reader, server);
            Tcp.send(server.port("stream"), "{\"a\":1}\n{\"b\":\"<script>alert(1)</script>\"}\n");
            page.navigate(server.dashboard() + "/messages.xhtml?listener=stream");
            page.locator("#messages tbody a[href*='message.xhtml']").first().click();
            page.locator("#to-lab").click();

            assertThat(best(page)).hasAttribute("data-framing", "ndjson");
            assertThat(page.locator("#of-payload")).isVisible();
            assertThat(page.locator("#frames")).containsText("<script>alert(1)</script>");
            Browser.screenshot(page, "lab-message");

            page.navigate(page.url() + "&framing=lines");
            assertThat(page.locator("#chosen-framing")).hasAttribute("data-framing", "lines");
            page.navigate(server.dashboard() + "/lab.xhtml?message=never-was");
            assertThat(page.locator("#problem")).isVisible();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HEX, '00 05 68 65 6c 6c 6f 00 03 79 6f 75', length(2)",
        "BASE64, AjEyLjUDAjEzLjADAjEzLjUD, stx-etx",
        "TEXT, 'alpha||beta||gamma||', delimiter(0x7c7c)"
    })
    void bytes_are_written_as_they_are_at_hand(
            String notation,
            String written,
            String framing,
            ProductServer server,
            Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = opened(reader, server);
            page.locator("#notation input[value='" + notation + "']").check();
            page.locator("#written").fill(written);
            page.locator("#try").click();

            assertThat(best(page)).hasAttribute("data-framing", framing);
            assertThat(page.locator("#written")).hasValue(written);
        }
    }

    @Test
    void a_file_is_tried_and_one_that_is_too_large_is_refused(
            ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = opened(reader, server);
            page.locator("#file")
                    .setInputFiles(
                            new FilePayload(
                                    "captured.bin",
                                    "application/octet-stream",
                                    new byte[] {3, 0, 0, 7, 2, (byte) 0xf0, (byte) 0x80}));
            page.locator("#try").click();
            assertThat(best(page)).hasAttribute("data-framing", "tpkt");

            page.locator("#file")
                    .setInputFiles(
                            new FilePayload(
                                    "large.bin", "application/octet-stream", new byte[65537]));
            assertThat(page.locator("#too-large")).isVisible();
        }
    }

    @Test
    void what_cannot_be_read_is_told_and_stays_to_be_corrected(
            ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = opened(reader, server);
            page.locator("#try").click();
            assertThat(page.locator("#problem")).isVisible();

            page.locator("#notation input[value='HEX']").check();
            page.locator("#written").fill("4d 53 <b>");
            page.locator("#try").click();
            assertThat(page.locator("#problem")).containsText("<");
            assertThat(page.locator("#written")).hasValue("4d 53 <b>");
            assertThat(page.locator("#chosen-framing")).hasCount(0);
        }
    }

    @Test
    void bytes_that_are_no_framing_are_named(ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = opened(reader, server);
            page.locator("#written").fill("GET /health HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n");
            page.locator("#try").click();

            assertThat(page.locator("#lab-hint")).containsText("HTTP/1.1");
            Browser.screenshot(page, "lab-hint");
        }
    }
}
