package io.dermaga.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.servlet.annotation.WebServlet;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuardedPathTest {

    @Test
    void whatever_is_downloaded_from_the_dashboard_needs_more_than_a_viewer() {
        List<String> paths =
                new ClassFileImporter()
                        .importPath(Path.of("target/classes/io/dermaga/dashboard")).stream()
                                .filter(one -> one.isAnnotatedWith(WebServlet.class))
                                .map(JavaClass::reflect)
                                .map(one -> one.getAnnotation(WebServlet.class))
                                .flatMap(GuardedPathTest::paths)
                                .toList();

        assertThat(paths).hasSizeGreaterThan(3);
        assertThat(paths).allSatisfy(path -> assertThat(GuardedPath.of(path)).isPresent());
    }

    private static Stream<String> paths(WebServlet servlet) {
        return Stream.concat(Stream.of(servlet.value()), Stream.of(servlet.urlPatterns()));
    }

    @Test
    void pages_with_figures_are_for_every_viewer() {
        assertThat(GuardedPath.of("/index.xhtml")).isEmpty();
        assertThat(GuardedPath.of("/messages.xhtml")).isEmpty();
    }
}
