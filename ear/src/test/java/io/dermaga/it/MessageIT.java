package io.dermaga.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.dermaga.it.support.Browser;
import io.dermaga.it.support.Browser.Look;
import io.dermaga.it.support.DashboardPage;
import io.dermaga.it.support.ProductServer;
import io.dermaga.it.support.Rest;
import io.dermaga.it.support.Tcp;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person does with messages: looks into one, sends it again, takes many along. */
@ExtendWith({ProductServer.Shared.class, Browser.Shared.class})
class MessageIT {

    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    private static final String HL7 =
            "MSH|^~\\&|LAB|HOSP|EHR|CLINIC|20240101||ORU^R01|1|P|2.5.1\rPID|1||4711^^^HOSP||Größe^<b>Jan</b>";

    /** Elements 2 3 4 7 11 12 13 14 22 35 37 41 42 49. */
    private static final String ISO_8583 =
            "0100723C040028C08000164111111111111111000000000000010000030108000012345609000003012712051"
                    + "324111111111111111=271210112345678000012345678TERM0001<b>SHOP 1</b>  978";

    static Stream<Look> looks() {
        return Browser.looks();
    }

    private static Page opened(BrowserContext reader, ProductServer server) {
        Page page = reader.newPage();
        new DashboardPage(page, server.dashboard()).open(ProductServer.PASSWORD);
        return page;
    }

    /** Sends a payload and opens its page. */
    private static void show(Page page, ProductServer server, String payload) {
        Rest rest = Rest.operator(server.dashboard());
        long last = rest.json("/v1/messages/latest?limit=1").get("next").getAsLong();
        Tcp.send(server.port("stream"), payload);
        String latest = "/v1/messages/latest?after=" + last;
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !rest.json(latest).getAsJsonArray("items").isEmpty());
        String id =
                rest.json(latest)
                        .getAsJsonArray("items")
                        .get(0)
                        .getAsJsonObject()
                        .get("id")
                        .getAsString();
        page.navigate(server.dashboard() + "/message.xhtml?id=" + id);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void the_structure_of_a_message_is_told(Look look, ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(look)) {
            Page page = opened(reader, server);
            show(page, server, HL7);
            Locator tree = page.locator("#structure");
            assertThat(tree).containsText("PID-3.1");
            assertThat(tree.locator("tr", new Locator.LocatorOptions().setHasText("PID-5.2")))
                    .containsText("<b>Jan</b>");
            assertThat(tree.locator("b")).hasCount(0);
            assertThat(page.locator("#attributes")).containsText("patient 4711");
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "message-hl7-" + look.fileName());

            show(page, server, ISO_8583);
            assertThat(tree.locator("tr", new Locator.LocatorOptions().setHasText("DE 2")).first())
                    .containsText("Primary account number");
            assertThat(tree.locator("tr", new Locator.LocatorOptions().setHasText("MTI")).first())
                    .containsText("0100");
            assertThat(page.locator("#tree-end")).hasCount(0);
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "message-iso8583-" + look.fileName());

            show(page, server, "{\"order\":{\"no\":4711,\"lines\":[\"a\",null]}}");
            assertThat(tree.locator("tr", new Locator.LocatorOptions().setHasText("no")).first())
                    .containsText("4711");
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "message-json-" + look.fileName());
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void messages_with_the_same_value_are_found(Look look, ProductServer server, Browser browser) {
        String order = "A-" + look.fileName();
        try (BrowserContext reader = browser.reader(look)) {
            Page page = opened(reader, server);
            show(page, server, "<Order ref='%s'><Step>1</Step></Order>".formatted(order));
            show(page, server, "<Order ref='%s'><Step>2</Step></Order>".formatted(order));
            Locator found = page.locator("#attributes [data-attribute=ref]");
            assertThat(found).hasText(order);
            String search = server.dashboard() + found.getAttribute("href").substring(8);
            await().pollInSameThread()
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                page.navigate(search);
                                return page.locator("#messages [data-attribute=ref]").count() == 2;
                            });
            assertThat(page.locator("#filter-attribute")).hasValue("ref=" + order);
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "history-attributes-" + look.fileName());
            Rest admin = Rest.operator(server.dashboard());
            assertThat(admin.json("/v1/messages?attribute=ref=" + order).getAsJsonArray("items"))
                    .hasSize(2);
        }
    }

    @Test
    void hostile_structures_harm_nobody(ProductServer server, Browser browser) {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = opened(reader, server);
            show(page, server, "[".repeat(100_000));
            assertThat(page.locator("#tree-end")).hasAttribute("data-end", "DEPTH");
            show(
                    page,
                    server,
                    "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>");
            assertThat(page.locator("#tree-end")).containsText("<!DOCTYPE");
            assertThat(page.locator("main")).not().containsText("root:");
            show(page, server, "no structure at all");
            assertThat(page.locator("#structure")).hasCount(0);
        }
    }

    @Test
    void the_copied_lines_send_and_download_the_same_bytes(ProductServer server, Browser browser)
            throws Exception {
        String payload = "it's 100% \\n of $(it)\u0001 ä";
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            reader.grantPermissions(List.of("clipboard-read", "clipboard-write"));
            Page page = opened(reader, server);
            show(page, server, payload);
            page.locator("[data-copy=line-send]").click();
            String send = (String) page.evaluate("navigator.clipboard.readText()");
            assertThat(send).matches("printf '[ -~]*' \\| nc -w 5 127\\.0\\.0\\.1 \\d+");
            assertThat(run(send.substring(0, send.lastIndexOf('|'))))
                    .isEqualTo(payload.getBytes(StandardCharsets.UTF_8));

            page.locator("[data-copy=line-curl]").click();
            String curl = (String) page.evaluate("navigator.clipboard.readText()");
            assertThat(curl).startsWith("curl -sfu USER 'http://").endsWith(".bin'");
            String path = curl.replaceFirst(".*/dermaga/api(/\\S+)' -o .*", "$1");
            assertThat(Rest.operator(server.dashboard()).get(path).body()).isEqualTo(payload);
        }
    }

    private static byte[] run(String command) throws IOException {
        try (InputStream written =
                new ProcessBuilder("sh", "-c", command).start().getInputStream()) {
            return written.readAllBytes();
        }
    }

    @Test
    void picked_and_all_messages_are_taken_along_as_files(ProductServer server, Browser browser)
            throws Exception {
        try (BrowserContext reader = browser.reader(DESKTOP)) {
            Page page = opened(reader, server);
            String mark = "m" + System.nanoTime();
            for (int i = 0; i < 3; i++) {
                Tcp.send(server.port("lines"), mark + "-" + i + "\n");
            }
            page.navigate(server.dashboard() + "/history.xhtml?listener=lines&text=" + mark);
            Locator rows = page.locator("#messages input.pick");
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                page.reload();
                                return rows.count() == 3;
                            });
            assertThat(page.locator("#export-picked-zip")).isDisabled();
            rows.nth(0).check();
            rows.nth(2).check();
            assertThat(page.locator("#export-picked-zip .pick-count")).hasText("(2)");
            Browser.screenshot(page, "history-picked");

            Map<String, String> picked = unzipped(saved(page, "#export-picked-zip"));
            assertThat(picked).hasSize(3);
            assertThat(picked.values())
                    .contains(mark + "-0", mark + "-2")
                    .doesNotContain(mark + "-1");
            assertThat(picked.getOrDefault("messages.jsonl", "").lines()).hasSize(2);

            List<String> all = Files.readAllLines(saved(page, "#export-jsonl"));
            assertThat(all).hasSize(3);
            assertThat(
                            JsonParser.parseString(all.get(0))
                                    .getAsJsonObject()
                                    .get("listener")
                                    .getAsString())
                    .isEqualTo("lines");
            assertThat(unzipped(saved(page, "#export-zip"))).hasSize(4);

            page.navigate(server.dashboard() + "/messages.xhtml?listener=lines");
            rows.first().check();
            List<String> latest = Files.readAllLines(saved(page, "#export-picked-jsonl"));
            assertThat(latest).hasSize(1);
            assertThat(Files.readAllLines(saved(page, "#export-jsonl")))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allMatch(line -> line.contains("\"listener\":\"lines\""));
            // the page is live after all that
            assertThat(page.locator("#live")).hasAttribute("data-state", "push");
            DeadLettersIT.assertFits(page);
            Browser.screenshot(page, "messages-picked");

            HttpResponse<String> rest =
                    Rest.operator(server.dashboard())
                            .get("/v1/messages/export?format=jsonl&text=" + mark);
            assertThat(rest.body().lines().toList()).isEqualTo(all);
            assertThat(rest.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("application/x-ndjson");
            assertThat(
                            Rest.operator(server.dashboard())
                                    .get("/v1/messages/export?format=csv")
                                    .statusCode())
                    .isEqualTo(400);
        }
    }

    private static Path saved(Page page, String button) {
        Download download = page.waitForDownload(() -> page.locator(button).click());
        return download.path();
    }

    private static Map<String, String> unzipped(Path file) throws IOException {
        Map<String, String> files = new TreeMap<>();
        List<String> order = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                order.add(entry.getName());
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(order).doesNotHaveDuplicates();
        return files;
    }
}
