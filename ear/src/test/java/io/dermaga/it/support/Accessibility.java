package io.dermaga.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pages against the rules of axe-core for WCAG 2.2, levels A and AA, and its best practices. */
public final class Accessibility {

    private static final String AXE = source();

    /** One line for each element that violates a rule. */
    private static final String VIOLATIONS =
            """
            async () => {
              // what fades could not be judged
              if (window.jQuery) { jQuery.fx.off = true; jQuery(':animated').finish(); }
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
              const found = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
              return found.violations.flatMap((rule) => rule.nodes.map((node) =>
                rule.id + ' at ' + node.target.join(' ') + ': ' + node.failureSummary.replace(/\\s+/g, ' ')));
            }
            """;

    private Accessibility() {}

    /** Fails, with all that is wrong, unless the page as it is shown now violates no rule. */
    public static void check(Page page) {
        page.evaluate(AXE);
        Object violations = page.evaluate(VIOLATIONS);
        assertThat((List<?>) violations).as("violations of axe at " + page.url()).isEmpty();
    }

    private static String source() {
        try (InputStream script = Accessibility.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
