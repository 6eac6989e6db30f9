package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.ContentPolicy;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import io.dermaga.it.support.Tcp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes of a peer that want to be more than bytes. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class HostileBytesIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    private static final String MARKUP =
            "</pre></textarea><script>window.taken=1</script><img src=x onerror='window.taken=1'>"
                    + "<svg onload=window.taken=1>]]><a href='javascript:window.taken=1'>";

    private static final String CONTROL =
            "\u001b[31mred \u202Egpj.exe \u0000 #{request.contextPath} ";

    /** Scripts in the page that the page has not named itself. */
    private static final String FOREIGN =
            "[...document.scripts].filter((script) => !script.nonce && !script.src).length";

    /** All that went wrong in the browser. */
    private static List<String> watched(Page page) {
        List<String> wrong = new ArrayList<>();
        page.onDialog(
                dialog -> {
                    wrong.add("dialog " + dialog.message());
                    dialog.dismiss();
                });
        page.onPageError(wrong::add);
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error")) {
                        wrong.add(message.text());
                    }
                });
        return wrong;
    }

    private static byte[] hostile() {
        byte[] text = (MARKUP + CONTROL).getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(text, text.length + 3);
        all[text.length] = (byte) 0xff;
        all[text.length + 1] = (byte) 0xc3;
        all[text.length + 2] = '(';
        return all;
    }

    @Test
    void they_are_shown_and_do_nothing(ProductServer server, Browser browser) {
        Rest rest = Rest.operator(server.dashboard());
        Tcp.send(server.port("stream"), hostile());
        String id =
                rest.json("/v1/messages/latest?limit=1")
                        .getAsJsonArray("items")
                        .get(0)
                        .getAsJsonObject()
                        .get("id")
                        .getAsString();
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            List<String> wrong = watched(page);
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);

            page.navigate(server.dashboard() + "/message.xhtml?id=" + id);
            assertThat(page.locator(".as-text"))
                    .containsText(
                            MARKUP + "\\x1B[31mred \\u202Egpj.exe \\x00 #{request.contextPath}");
            assertThat(page.locator(".as-text")).containsText("\uFFFD\uFFFD(");
            assertInert(page, wrong);
            Browser.screenshot(page, "message-hostile");

            page.navigate(server.dashboard() + "/lab.xhtml?message=" + id);
            assertThat(page.locator("#chosen-framing")).isVisible();
            assertThat(page.locator("main")).containsText("\\xe2\\x80\\xaegpj.exe");
            assertInert(page, wrong);
            for (String view : List.of("index", "messages", "connections", "history")) {
                page.navigate(server.dashboard() + "/" + view + ".xhtml");
                assertInert(page, wrong);
            }
        }
    }

    private static void assertInert(Page page, List<String> wrong) {
        page.locator("#content").waitFor();
        assertThat(page.evaluate("window.taken")).isNull();
        assertThat(page.locator("#content svg, #content img").count()).isZero();
        assertThat(page.evaluate(FOREIGN)).as(page.url()).isEqualTo(0);
        String text = page.locator("#content").innerText();
        assertThat(text).doesNotContain("\u202E", "\u001b", "\u0000");
        assertThat(wrong).isEmpty();
        ContentPolicy.check(page);
    }

    /** What stands in an address is of somebody else as well. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "message.xhtml?id=",
                "connection.xhtml?id=",
                "listener.xhtml?name=",
                "deadletter.xhtml?id=",
                "deadletters.xhtml?cause=",
                "lab.xhtml?message=",
                "lab.xhtml?framing=",
                "messages.xhtml?listener=",
                "history.xhtml?text=",
                "history.xhtml?peer=",
                "login.xhtml?continue="
            })
    void an_address_with_markup_shows_it_and_does_nothing(
            String address, ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = reader.newPage();
            List<String> wrong = watched(page);
            new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);

            page.navigate(
                    server.dashboard()
                            + "/"
                            + address
                            + URLEncoder.encode(
                                    "\"'>" + MARKUP + CONTROL.replace("\0", ""),
                                    StandardCharsets.UTF_8));

            wrong.removeIf(text -> text.contains("status of 404"));
            assertInert(page, wrong);
        }
    }
}
