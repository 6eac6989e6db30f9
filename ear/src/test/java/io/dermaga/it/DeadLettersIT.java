package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dead letters as an operator sees them and acts on them. */
@ExtendWith({OrdersServer.Shared.class, Browser.Shared.class})
class DeadLettersIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    static Stream<Look> looks() {
        return DashboardIT.looks();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void a_payload_that_failed_is_seen_edited_replayed_and_gone(
            Look look, OrdersServer server, Browser browser) {
        int order = server.newOrder();
        server.send("closed %d <b>Größe</b> \u202e!".formatted(order));
        server.send("closed %d <b>Größe</b>%nline two".formatted(order));
        server.send("late " + order);
        try (BrowserContext reader = browser.reader(look)) {
            Page page = open(server, reader);
            new DashboardPage(page, server.dashboard()).go("deadletters");
            assertThat(page.locator("#nav-deadletters .badge")).isVisible();
            assertThat(page.locator("#faults")).containsText("order # is closed");
            assertThat(page.locator("#letters")).containsText("order " + order + " is closed");
            assertThat(page.locator("#letters"))
                    .containsText("<b>too late</b> \\u001b[31mfor late");
            page.locator("#letters input.pick").first().check();
            assertFits(page);
            Browser.screenshot(page, "deadletters-" + look.fileName());

            page.navigate(server.dashboard() + "/deadletters.xhtml?cause=order+" + order);
            Locator rows = page.locator("#letters tbody a[href*='deadletter.xhtml']");
            assertThat(rows).hasCount(2);
            rows.first().click();
            assertThat(page.locator("#cause")).containsText("order " + order + " is closed");
            assertThat(page.locator("#stack")).containsText("OrdersBean.onPayload");
            assertThat(page.locator("#content-now .as-text"))
                    .containsText("<b>Größe</b>\nline two");
            assertThat(page.locator("#content-now .hex")).containsText("63 6c 6f 73 65 64");
            assertThat(page.locator("#content-now b")).hasCount(0);
            assertFits(page);
            Browser.screenshot(page, "deadletter-" + look.fileName());

            page.locator("#edit summary").click();
            page.locator("#edit-text").fill("open %d\nnow".formatted(order));
            Browser.screenshot(page, "deadletter-edit-" + look.fileName());
            page.locator("#edit-save").click();
            assertThat(page.locator("#edited")).isVisible();
            assertThat(page.locator("#content-now .as-text")).containsText("open " + order);
            assertThat(page.locator("#content-original .as-text")).containsText("closed " + order);
            Browser.screenshot(page, "deadletter-edited-" + look.fileName());

            page.locator("#replay").click();
            assertThat(page.locator("#replay-yes")).isVisible();
            Browser.screenshot(page, "deadletter-ask-" + look.fileName());
            page.locator("#replay-yes").click();
            assertThat(page.locator("#gone")).isVisible();
            assertThat(page.locator(".replays [data-state=DONE] [data-count=delivered]"))
                    .hasText("1");
            Browser.screenshot(page, "deadletter-gone-" + look.fileName());

            page.navigate(server.dashboard() + "/deadletters.xhtml?cause=order+" + order);
            assertThat(rows).hasCount(1);
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void all_that_a_page_shows_are_deleted_after_a_question(
            Look look, OrdersServer server, Browser browser) {
        server.send("closed " + server.newOrder());
        try (BrowserContext reader = browser.reader(look)) {
            Page page = open(server, reader);
            page.navigate(server.dashboard() + "/deadletters.xhtml");
            long before = Long.parseLong(page.locator("#letters-count").innerText());
            assertThat(page.locator("#delete-picked")).isDisabled();
            page.locator("#pick-all").check();
            page.locator("#delete-picked").click();
            assertThat(page.locator("#deletePicked-dialog .ask-count"))
                    .hasText(Long.toString(before));
            Browser.screenshot(page, "deadletters-ask-" + look.fileName());
            page.locator("#deletePicked-no").click();
            assertThat(page.locator("#letters-count")).hasText(Long.toString(before));

            page.locator("#delete-picked").click();
            page.locator("#deletePicked-yes").click();

            assertThat(page.locator("#no-letters")).isVisible();
            assertThat(page.locator("#nav-deadletters .badge")).hasCount(0);
            Browser.screenshot(page, "deadletters-none-" + look.fileName());
        }
    }

    @Test
    void all_that_the_filter_means_are_replayed_with_their_progress_and_can_be_stopped(
            OrdersServer server, Browser browser) {
        String filter = "late one of " + server.newOrder();
        for (int i = 0; i < 12; i++) {
            server.send(filter + " number " + i);
        }
        server.send("closed " + server.newOrder());
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = open(server, reader);
            page.navigate(
                    server.dashboard() + "/deadletters.xhtml?cause=" + filter.replace(' ', '+'));
            assertThat(page.locator("#letters-count")).hasText("12");
            page.locator("#replay-all").click();
            assertThat(page.locator("#replayAll-dialog .ask-count")).hasText("12");
            page.locator("#replayAll-yes").click();

            Locator running = page.locator(".replays [data-state=RUNNING]");
            assertThat(running.locator("[data-count=failed]")).hasText(Pattern.compile("[1-9]"));
            Browser.screenshot(page, "deadletters-replaying");
            assertThat(running.locator(".last-error")).containsText("<b>too late</b>");
            String replay = running.getAttribute("data-replay");
            running.locator("[data-cancel]").click();

            Locator ended = page.locator(".replays [data-replay=" + replay + "]");
            assertThat(ended).hasAttribute("data-state", "CANCELLED");
            assertThat(page.locator("#letters-count")).hasText("12");
            assertThat(page.locator("#letters tbody tr").last()).containsText("number 0");
            Browser.screenshot(page, "deadletters-replayed");
        }
    }

    @Test
    void what_was_picked_stays_picked_while_new_ones_come_and_is_replayed_alone(
            OrdersServer server, Browser browser) {
        int order = server.newOrder();
        server.send("closed " + order);
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = open(server, reader);
            page.navigate(server.dashboard() + "/deadletters.xhtml?cause=order+" + order);
            page.locator("#live[data-state=push]").waitFor();
            Locator box = page.locator("#letters input.pick");
            assertThat(box).hasCount(1);
            String picked = box.getAttribute("data-letter");
            box.check();

            server.send("closed " + order);

            assertThat(box).hasCount(2);
            assertThat(page.locator("[data-letter='" + picked + "']")).isChecked();
            page.locator("#replay-picked").click();
            assertThat(page.locator("#replayPicked-dialog .ask-count")).hasText("1");
            page.locator("#replayPicked-yes").click();
            Locator again =
                    page.locator("#letters tr", new Page.LocatorOptions())
                            .filter(
                                    new Locator.FilterOptions()
                                            .setHas(
                                                    page.locator(
                                                            "[data-letter='" + picked + "']")));
            assertThat(again.locator("[data-count=replays]")).hasText("1");
            assertThat(page.locator("#letters [data-count=replays]").first()).hasText("0");
        }
    }

    @Test
    void lines_that_end_with_cr_survive_the_text_field(OrdersServer server, Browser browser)
            throws IOException {
        int order = server.newOrder();
        server.send("closed %d\rPID|1\r".formatted(order));
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = letter(server, reader, order);
            page.locator("#edit summary").click();
            assertThat(page.locator("#edit-text")).hasValue("closed %d\nPID|1\n".formatted(order));
            page.locator("#edit-text").fill("open %d\nPID|1\n".formatted(order));
            page.locator("#edit-save").click();
            assertThat(page.locator("#edited")).isVisible();

            assertThat(download(page, "#download")).isEqualTo("open %d\rPID|1\r".formatted(order));
            assertThat(download(page, "#download-original"))
                    .isEqualTo("closed %d\rPID|1\r".formatted(order));
        }
    }

    @Test
    void content_that_is_no_text_is_replaced_by_a_file(OrdersServer server, Browser browser)
            throws IOException {
        int order = server.newOrder();
        server.send("closed %d \u0000".formatted(order));
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = letter(server, reader, order);
            page.locator("#edit summary").click();
            assertThat(page.locator("#edit-text")).hasCount(0);
            page.locator("#edit-file")
                    .setInputFiles(
                            new FilePayload(
                                    "changed.bin",
                                    "application/octet-stream",
                                    "open \u0001".getBytes(StandardCharsets.UTF_8)));
            Browser.screenshot(page, "deadletter-upload");
            page.locator("#edit-upload").click();
            assertThat(page.locator("#edited")).isVisible();

            assertThat(download(page, "#download")).isEqualTo("open \u0001");
        }
    }

    @Test
    void a_message_that_failed_leads_to_its_dead_letter(OrdersServer server, Browser browser) {
        int order = server.newOrder();
        server.send("closed " + order);
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = open(server, reader);
            page.navigate(server.dashboard() + "/messages.xhtml?text=order+" + order);
            page.locator("#messages tbody a[href*='message.xhtml']").first().click();
            page.locator("#dead-letter").click();

            assertThat(page.locator("#cause")).containsText("order " + order + " is closed");
        }
    }

    @Test
    void a_letter_that_is_not_there_is_said_to_be_gone(OrdersServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = open(server, reader);
            page.navigate(server.dashboard() + "/deadletter.xhtml?id=%3Cb%3Enobody");

            assertThat(page.locator("#gone")).isVisible();
            assertThat(page.locator("h1")).hasText("<b>nobody");
        }
    }

    static Page open(OrdersServer server, BrowserContext reader) {
        Page page = reader.newPage();
        new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);
        return page;
    }

    /** The page of the only letter of an order. */
    static Page letter(OrdersServer server, BrowserContext reader, int order) {
        Page page = open(server, reader);
        page.navigate(server.dashboard() + "/deadletters.xhtml?cause=order+" + order);
        page.locator("#letters tbody a[href*='deadletter.xhtml']").click();
        page.locator("#content-now").waitFor();
        page.waitForLoadState(); // before, nobody listens to clicks
        return page;
    }

    @Test
    void the_original_bytes_are_tried_in_the_framing_lab(OrdersServer server, Browser browser) {
        int order = server.newOrder();
        server.send("closed " + order);
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = open(server, reader);
            page.navigate(server.dashboard() + "/deadletters.xhtml?cause=order+" + order);
            page.locator("#letters tbody a[href*='deadletter.xhtml']").first().click();
            page.locator("#to-lab").click();

            assertThat(page.locator("#written")).hasValue("closed " + order);
            assertThat(page.locator("#fitting .trial").first()).hasAttribute("data-framing", "eof");
        }
    }

    static void assertFits(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                .as("pixels that the page is too wide")
                .isEqualTo(0);
    }

    private static String download(Page page, String link) throws IOException {
        Download download = page.waitForDownload(() -> page.locator(link).click());
        return Files.readString(download.path());
    }
}
