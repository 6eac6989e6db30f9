package io.dermaga.it.support;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

        /** Part of a screenshot's file name. */
        public String fileName() {
            String size = width < 600 ? "phone" : "desktop";
            return language + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + "-" + size;
        }
    }

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

    /** A reader who is not known to the dashboard yet. The caller closes it. */
    public BrowserContext reader(Look look) {
        return chromium.newContext(
                new com.microsoft.playwright.Browser.NewContextOptions()
                        .setLocale(look.language())
                        .setColorScheme(look.scheme())
                        .setViewportSize(look.width(), look.height()));
    }

    /**
     * Keeps the whole page as {@code target/screenshots/NAME.png}, and fails if it is not
     * accessible.
     */
    public static Path screenshot(Page page, String name) {
        Path file = Built.target("screenshots").resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        Accessibility.check(page);
        return file;
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
