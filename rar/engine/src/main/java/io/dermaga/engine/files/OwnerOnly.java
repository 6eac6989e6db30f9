package io.dermaga.engine.files;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Attributes of what only the owner of the process may read, where the file system has them. */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** Of a new directory. */
    public static FileAttribute<?>[] directory(Path directory) {
        return attributes(directory, "rwx------");
    }

    /** Of a new file. */
    public static FileAttribute<?>[] file(Path file) {
        return attributes(file, "rw-------");
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
