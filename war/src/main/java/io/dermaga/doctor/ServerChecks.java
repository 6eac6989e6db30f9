package io.dermaga.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the virtual machine and the operating system say. */
final class ServerChecks {

    private static final Path LONGEST_BACKLOG = Path.of("/proc/sys/net/core/somaxconn");
    private static final long ENOUGH_ROOM = 1L << 30;

    /** Files of the server itself: jars, logs, its own sockets. */
    private static final int OWN_FILES = 1_000;

    private ServerChecks() {}

    /** Files that may be opened, beside connections that may be there. */
    static Optional<Finding> descriptors(int connections) {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean system
                ? Optional.of(
                        descriptors(
                                system.getOpenFileDescriptorCount(),
                                system.getMaxFileDescriptorCount(),
                                connections))
                : Optional.empty();
    }

    private static Finding descriptors(long open, long most, int connections) {
        return Finding.of(
                Check.DESCRIPTORS,
                most >= (long) connections + OWN_FILES,
                open > most / 10 * 9 ? Verdict.BAD : Verdict.NOTICE,
                "%d / %d, maxConnections %d".formatted(open, most, connections));
    }

    /** What the kernel leaves of the backlog that a listener asks for. */
    static Optional<Finding> backlog(int wanted) {
        try {
            int longest = Integer.parseInt(Files.readString(LONGEST_BACKLOG).strip());
            return Optional.of(
                    Finding.of(
                            Check.BACKLOG,
                            longest >= wanted,
                            Verdict.NOTICE,
                            "%d, somaxconn %d".formatted(wanted, longest)));
        } catch (IOException | NumberFormatException notLinux) {
            return Optional.empty();
        }
    }

    /** Buffers are outside the heap; as many bytes of them as of heap may be there. */
    static Finding memory(long budget) {
        long most = Runtime.getRuntime().maxMemory();
        return Finding.of(
                Check.MEMORY,
                budget <= most / 2,
                budget > most ? Verdict.BAD : Verdict.NOTICE,
                "budget %d MiB, -Xmx %d MiB".formatted(budget >> 20, most >> 20));
    }

    /** Whether the data directory can be written, and how much room it has. */
    static Finding data(Path directory) {
        try {
            long room = Files.getFileStore(directory).getUsableSpace();
            if (Files.isWritable(directory)) {
                return Finding.of(
                        Check.DATA,
                        room >= ENOUGH_ROOM,
                        Verdict.NOTICE,
                        "%s: %d MiB".formatted(directory, room >> 20));
            }
        } catch (IOException away) {
            return new Finding(Check.DATA, Verdict.BAD, away.toString());
        }
        return new Finding(Check.DATA, Verdict.BAD, directory.toString());
    }
}
