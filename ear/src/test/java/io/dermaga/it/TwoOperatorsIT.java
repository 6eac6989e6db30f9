package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two operators who act on the same dead letters at the same time. */
@ExtendWith({OrdersServer.Shared.class, Browser.Shared.class})
class TwoOperatorsIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    @Test
    void what_one_has_saved_is_not_overwritten_by_the_other_unseen(
            OrdersServer server, Browser browser) {
        int order = server.newOrder();
        server.send("closed " + order);
        try (BrowserContext first = browser.reader(DESKTOP);
                BrowserContext second = browser.reader(DESKTOP)) {
            Page ann = DeadLettersIT.letter(server, first, order);
            Page ben = DeadLettersIT.letter(server, second, order);
            ann.locator("#edit summary").click();
            ann.locator("#edit-text").fill("open, says Ann");
            save(ben, "open, says Ben");
            assertThat(ben.locator("#content-now .as-text")).hasText("open, says Ben");

            ann.locator("#edit-save").click();

            assertTold(ann, "somebody has changed the content meanwhile");
            assertThat(ann.locator("#content-now .as-text")).hasText("open, says Ben");
            assertThat(ann.locator("#edit-text")).isVisible();
            assertThat(ann.locator("#edit-text")).hasValue("open, says Ann");
            Browser.screenshot(ann, "deadletter-changed");
            ann.locator("#edit-save").click();
            assertThat(ann.locator("#content-now .as-text")).hasText("open, says Ann");
            assertThat(ann.locator("#edit-text")).isHidden();
        }
    }

    @Test
    void a_file_does_not_replace_unseen_what_the_other_has_saved(
            OrdersServer server, Browser browser) {
        int order = server.newOrder();
        server.send("closed %d \u0000".formatted(order));
        try (BrowserContext first = browser.reader(DESKTOP);
                BrowserContext second = browser.reader(DESKTOP)) {
            Page ann = DeadLettersIT.letter(server, first, order);
            Page ben = DeadLettersIT.letter(server, second, order);
            upload(ben, "open, says Ben");
            assertThat(ben.locator("#content-now .as-text")).hasText("open, says Ben");

            upload(ann, "open, says Ann");

            assertTold(ann, "somebody has changed the content meanwhile");
            assertThat(ann.locator("#content-now .as-text")).hasText("open, says Ben");
        }
    }

    @Test
    void a_letter_that_one_has_deleted_is_neither_saved_nor_delivered_by_the_other(
            OrdersServer server, Browser browser) {
        int order = server.newOrder();
        server.send("closed " + order);
        try (BrowserContext first = browser.reader(DESKTOP);
                BrowserContext second = browser.reader(DESKTOP);
                BrowserContext third = browser.reader(DESKTOP)) {
            Page ann = paused(DeadLettersIT.letter(server, first, order));
            Page ben = DeadLettersIT.letter(server, second, order);
            Page cid = DeadLettersIT.letter(server, third, order);
            cid.locator("#replay").click();
            ben.locator("#delete").click();
            ben.locator("#delete-yes").click();
            assertThat(ben.locator("#gone")).isVisible();
            assertThat(cid.locator("#gone")).isVisible();

            save(ann, "open");
            cid.locator("#replay-yes").click();

            assertTold(ann, "The dead letter was gone already.");
            assertThat(ann.locator("#gone")).isVisible();
            assertThat(cid.locator(".replays .last-error")).containsText("DMG3215");
        }
    }

    @Test
    void of_those_that_were_picked_the_ones_that_the_other_has_deleted_are_told(
            OrdersServer server, Browser browser) {
        int order = server.newOrder();
        server.send("closed " + order);
        server.send("closed " + order);
        String list = server.dashboard() + "/deadletters.xhtml?cause=order+" + order;
        try (BrowserContext first = browser.reader(DESKTOP);
                BrowserContext second = browser.reader(DESKTOP)) {
            Page ann = DeadLettersIT.open(server, first);
            ann.navigate(list);
            paused(ann).locator("#pick-all").check();
            Page ben = DeadLettersIT.open(server, second);
            ben.navigate(list);
            ben.locator("#letters input.pick").first().check();
            delete(ben);
            assertThat(ben.locator("#letters input.pick")).hasCount(1);

            delete(ann);

            assertTold(ann, "Dead letters deleted: 1. Others were gone already: 1.");
            assertThat(ann.locator("#no-letters")).isVisible();
        }
    }

    /** Shows what it showed, whatever the server says. */
    private static Page paused(Page page) {
        page.locator("#live[data-state=push]").click();
        page.locator("#live[data-state=paused]").waitFor();
        return page;
    }

    private static void save(Page page, String text) {
        page.locator("#edit summary").click();
        page.locator("#edit-text").fill(text);
        page.locator("#edit-save").click();
    }

    private static void upload(Page page, String text) {
        page.locator("#edit summary").click();
        page.locator("#edit-file")
                .setInputFiles(
                        new FilePayload(
                                "changed.bin",
                                "application/octet-stream",
                                text.getBytes(StandardCharsets.UTF_8)));
        page.locator("#edit-upload").click();
    }

    private static void delete(Page page) {
        page.locator("#delete-picked").click();
        page.locator("#deletePicked-yes").click();
    }

    private static void assertTold(Page page, String text) {
        assertThat(page.locator(".ui-growl-item").last()).containsText(text);
    }
}
