package io.dermaga.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;

/** Pages against their own content security policy: what it forbids, no page may do. */
public final class ContentPolicy {

    /** Before any script of a page. */
    private static final String WATCH =
            """
            window.dermagaForbidden = [];
            document.addEventListener('securitypolicyviolation', (event) => window.dermagaForbidden.push(
              event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sourceFile + ':' + event.lineNumber
              + ' ' + (event.target.outerHTML || '').slice(0, 200)), true);
            """;

    private ContentPolicy() {}

    /** Has every page of this reader watched. */
    static void watch(BrowserContext reader) {
        reader.addInitScript(WATCH);
    }

    /** Fails, with all that was forbidden, unless nothing was since the page was opened. */
    public static void check(Page page) {
        Object forbidden = page.evaluate("window.dermagaForbidden");
        assertThat((List<?>) forbidden)
                .as("violations of the content security policy at " + page.url())
                .isEmpty();
    }
}
