package io.dermaga.engine.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where accepted payloads wait durably.
 *
 * @param directory of the embedded broker; one server's own
 * @param capacity bytes of payloads that may wait in the embedded broker
 * @param reserve bytes that stay free on the volume of the directory
 * @param largeFrom bytes from which a payload is streamed to and from the disk of the broker
 * @param brokers an external Artemis, each {@code tcp://host:port}, the next if one fails; empty
 *     means the embedded one
 * @param user at the external broker; empty if it asks for none
 * @param password at the external broker
 */
public record SpoolSettings(
        Path directory,
        DataSize capacity,
        DataSize reserve,
        DataSize largeFrom,
        List<URI> brokers,
        String user,
        String password) {

    private static final String LEAST_CAPACITY = "1MiB";
    private static final String LEAST_LARGE = "4KiB";
    private static final String MOST_LARGE = "256KiB";

    /**
     * @throws SettingsException DMG1001 with all that is not allowed
     */
    public SpoolSettings {
        brokers = List.copyOf(brokers);
        List<String> problems = new ArrayList<>();
        check(problems, "spoolCapacity", capacity, LEAST_CAPACITY, "1024TiB");
        check(problems, "spoolReserve", reserve, "0B", "1024TiB");
        check(problems, "spoolLargeFrom", largeFrom, LEAST_LARGE, MOST_LARGE);
        for (URI broker : brokers) {
            if (!isAddress(broker)) {
                problems.add(problem("spool", broker, "tcp://host:port, separated by commas"));
            }
        }
        if (!problems.isEmpty()) {
            throw new SettingsException("spool", problems);
        }
    }

    /** The embedded broker in a directory, all else by default. */
    public static SpoolSettings embedded(Path directory) {
        return new SpoolSettings(
                directory,
                DataSize.parse("16GiB"),
                DataSize.parse("64MiB"),
                DataSize.parse("128KiB"),
                List.of(),
                "",
                "");
    }

    /** Whether the broker is part of this process. */
    public boolean isEmbedded() {
        return brokers.isEmpty();
    }

    private static boolean isAddress(URI broker) {
        @Nullable String path = broker.getRawPath();
        return "tcp".equals(broker.getScheme())
                && broker.getHost() != null
                && broker.getPort() > 0
                && (path == null || path.isEmpty());
    }

    private static void check(
            List<String> problems, String name, DataSize given, String least, String most) {
        if (given.compareTo(DataSize.parse(least)) < 0
                || given.compareTo(DataSize.parse(most)) > 0) {
            problems.add(problem(name, given, least + " to " + most));
        }
    }

    private static String problem(String name, Object given, String allowed) {
        return "DMG1001 property 'dermaga.adapter.%s': given '%s', allowed: %s"
                .formatted(name, given, allowed);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return isEmbedded() ? "spool in " + directory : "spool at " + brokers;
    }
}
