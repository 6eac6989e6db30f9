package io.dermaga.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The modules of {@code dermaga.ear}, taken out of it because Payara Micro deploys no EAR.
 *
 * <p>The server names an application after its file, and a second application of one name replaces
 * the first: hence the dashboard's file has a name of its own.
 */
public record ProductModules(Path rar, Path war) {

    /** Where the dashboard is found on the server. */
    public static final String CONTEXT_ROOT = "dermaga";

    /**
     * Takes the modules out of the EAR.
     *
     * @param directory where to, made if missing
     * @throws LaunchException DMG5004 if the EAR is missing or lacks a module
     */
    public static ProductModules unpack(Path ear, Path directory) throws LaunchException {
        if (!Files.isRegularFile(ear)) {
            throw new LaunchException(
                    "DMG5004 %s does not exist: build it with 'mvn package'".formatted(ear));
        }
        try (ZipFile zip = new ZipFile(ear.toFile())) {
            Files.createDirectories(directory);
            return new ProductModules(
                    take(zip, "dermaga.rar", directory.resolve("dermaga.rar")),
                    take(zip, "dermaga.war", directory.resolve("dermaga-dashboard.war")));
        } catch (IOException failed) {
            throw new LaunchException(
                    "DMG5004 the modules of %s cannot be taken out: %s".formatted(ear, failed));
        }
    }

    private static Path take(ZipFile zip, String name, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("it has no " + name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }
}
