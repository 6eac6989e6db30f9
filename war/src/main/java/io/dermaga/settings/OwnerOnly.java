package io.dermaga.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

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

    /**
     * Writes a file, or replaces it: on the disk when this returns, and never half of it. The
     * directory is made if it is missing. One thread at a time for a file.
     */
    public static void replace(Path directory, String name, String text) throws IOException {
        createDirectories(directory);
        Path draft = directory.resolve(name + ".new");
        Files.deleteIfExists(draft);
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(draft, options, file())) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
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
