package io.dermaga.it.support;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the build put things. */
public final class Built {

    private Built() {}

    /** The product. */
    public static Path ear() {
        return path("test.ear");
    }

    /** The resource adapter alone. */
    public static Path rar() {
        return path("test.rar");
    }

    /** The example of ten lines. */
    public static Path tenLines() {
        return path("test.ten-lines");
    }

    static Path microJar() {
        return path("test.micro");
    }

    static Path fullServer() {
        return path("test.full");
    }

    /** The directory of the sources. */
    public static Path project() {
        return path("test.project");
    }

    /** A file or directory of the tests' own; the build's {@code target} keeps it. */
    public static Path target(String name) {
        return path("test.target").resolve(name);
    }

    /** The archive that a class of the tests' class path comes from. */
    public static Path jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path path(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException(
                    "system property " + property + " is not set: run the tests with 'mvn verify'");
        }
        return Path.of(value).toAbsolutePath().normalize();
    }
}
