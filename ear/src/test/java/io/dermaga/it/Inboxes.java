package io.dermaga.it;

import io.dermaga.it.support.Built;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Applications made of the example of ten lines. */
final class Inboxes {

    private Inboxes() {}

    /** The example with settings in its own {@code microprofile-config.properties}. */
    static Path war(String name, String settings, Class<?>... more) {
        WebArchive example =
                ShrinkWrap.createFromZipFile(WebArchive.class, Built.tenLines().toFile());
        return exported(
                ShrinkWrap.create(WebArchive.class, name + ".war")
                        .merge(example)
                        .addClasses(more)
                        .addAsResource(
                                new StringAsset(settings),
                                "META-INF/microprofile-config.properties"));
    }

    /** The archive as a file. */
    static Path exported(WebArchive war) {
        Path file = Built.target(war.getName());
        war.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }
}
