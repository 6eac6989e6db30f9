package io.dermaga.it.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a Chromium for the browser tests: the one of {@code DERMAGA_CHROMIUM}, an installed one,
 * else one from the system's package manager, else Playwright's own.
 */
final class Chromium {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private static final String WHAT_TO_INSTALL =
            "The browser tests need Chromium: install the package 'chromium' (or Google Chrome), or"
                    + " set DERMAGA_CHROMIUM to its path.";

    private Chromium() {}

    /**
     * The path of the browser, or empty where Playwright has one of its own.
     *
     * @throws IllegalStateException a sentence that says what to install
     */
    static Optional<Path> find() {
        Optional<Path> given =
                Stream.of(System.getProperty("dermaga.chromium"), System.getenv("DERMAGA_CHROMIUM"))
                        .filter(value -> value != null && !value.isBlank())
                        .map(Path::of)
                        .findFirst();
        if (given.isPresent()) {
            if (!Files.isExecutable(given.get())) {
                throw new IllegalStateException(
                        "DERMAGA_CHROMIUM is " + given.get() + ", which cannot be executed.");
            }
            return given;
        }
        Optional<Path> installed = onPath();
        if (installed.isPresent()) {
            return installed;
        }
        if (Programs.install("chromium", "fonts-dejavu-core")) {
            return onPath();
        }
        if (downloadByPlaywright()) {
            return Optional.empty();
        }
        throw new IllegalStateException(WHAT_TO_INSTALL);
    }

    private static Optional<Path> onPath() {
        return NAMES.stream().flatMap(name -> Programs.find(name).stream()).findFirst();
    }

    private static boolean downloadByPlaywright() {
        return Programs.succeed(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                "com.microsoft.playwright.CLI",
                "install",
                "chromium");
    }
}
