package io.dermaga.settings;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that nobody but the user of the server may read, where the file system can tell users. */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** Makes a directory, and those above it that are missing. */
    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory.toAbsolutePath(), attributes("rwx------"));
    }

    /** Attributes of a new file. */
    public static FileAttribute<?>[] file() {
        return attributes("rw-------");
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
