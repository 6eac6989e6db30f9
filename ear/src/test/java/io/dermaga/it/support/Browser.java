package io.dermaga.it.support;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A headless Chromium, one for all test classes of a run; a test gets it as a parameter and opens a
 * context of its own, with cookies and storage of its own.
 */
public final class Browser implements AutoCloseable {

    /** How a reader looks at the pages. */
    public record Look(String language, ColorScheme scheme, int width, int height) {

        /** In this language and the other colours. */
        Look turned(String other) {
            return new Look(other, opposite(scheme), width, height);
        }

        /** Part of a screenshot's file name. */
        public String fileName() {
            String size = width < 600 ? "phone" : "desktop";
            return language + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + size;
        }
    }

    private static final Look PHONE = new Look("en", ColorScheme.DARK, 390, 844);
    private static final Look DESKTOP = new Look("en", ColorScheme.LIGHT, 1440, 900);

    private static final int LIMIT_MILLIS = 30_000;

    private static final List<String> ARGUMENTS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser() {
        PlaywrightAssertions.setDefaultAssertionTimeout(LIMIT_MILLIS);
        Optional<Path> executable = Chromium.find();
        LaunchOptions options = new LaunchOptions().setHeadless(true).setArgs(ARGUMENTS);
        executable.ifPresent(options::setExecutablePath);
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(
                                        executable.isPresent()
                                                ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                                                : Map.of()));
        chromium = playwright.chromium().launch(options);
    }

    /**
     * What a person does is done in both languages, on both sizes and in both colour schemes, each
     * of them with each of the others; with {@code test.looks=all} in all eight combinations.
     */
    public static Stream<Look> looks() {
        Stream<Look> pairs = Stream.of(DESKTOP, PHONE, DESKTOP.turned("de"), PHONE.turned("de"));
        return "all".equals(System.getProperty("test.looks"))
                ? pairs.flatMap(look -> Stream.of(look, look.turned(look.language())))
                : pairs;
    }

    /** What a page complains of is told beside the result of the test. */
    private static void tell(ConsoleMessage message) {
        if (message.type().equals("warning") || message.type().equals("error")) {
            System.err.println(message.page().url() + " " + message.type() + " " + message.text());
        }
    }

    private static void tell(Response response) {
        if (response.status() >= 400) {
            System.err.println(
                    "%s %s: HTTP %d"
                            .formatted(
                                    response.request().method(),
                                    response.url(),
                                    response.status()));
        }
    }

    /**
     * A reader who is not known to the dashboard yet, and who has asked for pages in which nothing
     * moves: what fades in could not be judged. The caller closes it.
     */
    public BrowserContext reader(Look look) {
        BrowserContext reader =
                chromium.newContext(
                        new com.microsoft.playwright.Browser.NewContextOptions()
                                .setLocale(look.language())
                                .setColorScheme(look.scheme())
                                .setViewportSize(look.width(), look.height()));
        ContentPolicy.watch(reader);
        reader.onConsoleMessage(Browser::tell);
        reader.onResponse(Browser::tell);
        return reader;
    }

    /**
     * Keeps the whole page in both colour schemes as {@code target/screenshots/NAME.png}, where the
     * name has the scheme, and fails if it is not accessible in one of them, or has done what its
     * content security policy forbids.
     */
    public static Path screenshot(Page page, String name) {
        ColorScheme shown = scheme(page);
        ColorScheme other = opposite(shown);
        Path file = keep(page, name);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(other));
        keep(page, name.replace(word(shown), word(other)));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(shown));
        return file;
    }

    private static Path keep(Page page, String name) {
        Path file = Built.target("screenshots").resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        ContentPolicy.check(page);
        Accessibility.check(page);
        return file;
    }

    private static ColorScheme scheme(Page page) {
        Object dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
        return dark.equals(true) ? ColorScheme.DARK : ColorScheme.LIGHT;
    }

    private static ColorScheme opposite(ColorScheme scheme) {
        return scheme == ColorScheme.DARK ? ColorScheme.LIGHT : ColorScheme.DARK;
    }

    private static String word(ColorScheme scheme) {
        return "-" + scheme.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }

    /** Gives tests the shared browser. */
    public static final class Shared implements ParameterResolver {

        private static final Namespace NAMESPACE = Namespace.create(Browser.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Browser.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(Browser.class, key -> new Browser(), Browser.class);
        }
    }
}
