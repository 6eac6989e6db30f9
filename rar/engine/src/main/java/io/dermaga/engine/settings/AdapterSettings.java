package io.dermaga.engine.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything about the adapter as a whole, validated.
 *
 * @param transport how sockets are served
 * @param ioThreads event loops
 * @param budget bytes that all listeners hold in memory
 * @param spillDirectory where large payloads wait
 * @param spillCapacity bytes that may wait there
 * @param recordCapacity heap bytes for the kept contents of the latest messages
 * @param dataDirectory everything durable is below it
 * @param deadLetterCapacity disk bytes for dead letters
 * @param recordingCapacity disk bytes for recordings of connections
 * @param spool where payloads of listeners with {@code durability=SPOOLED} wait
 * @param traces which payloads are traced
 */
public record AdapterSettings(
        TransportKind transport,
        int ioThreads,
        DataSize budget,
        Path spillDirectory,
        DataSize spillCapacity,
        DataSize recordCapacity,
        Path dataDirectory,
        DataSize deadLetterCapacity,
        DataSize recordingCapacity,
        SpoolSettings spool,
        TraceSettings traces) {

    private static final String PREFIX = "dermaga.adapter.";

    /** Names and defaults; configured as {@code dermaga.adapter.NAME}. */
    private enum Property {
        TRANSPORT("transport", "auto"),
        IO_THREADS("ioThreads", "0"),
        BUDGET("budget", "256MiB"),
        SPILL_DIRECTORY("spillDirectory", ""),
        SPILL_CAPACITY("spillCapacity", "16GiB"),
        RECORD_CAPACITY("recordCapacity", "16MiB"),
        DATA_DIRECTORY("dataDirectory", "dermaga-data"),
        DEAD_LETTER_CAPACITY("deadLetterCapacity", "1GiB"),
        RECORDING_CAPACITY("recordingCapacity", "256MiB"),
        SPOOL("spool", "embedded"),
        SPOOL_CAPACITY("spoolCapacity", "16GiB"),
        SPOOL_RESERVE("spoolReserve", "64MiB"),
        SPOOL_USER("spoolUser", ""),
        SPOOL_PASSWORD("spoolPassword", "");

        private final String property;
        private final String fallback;

        Property(String property, String fallback) {
            this.property = property;
            this.fallback = fallback;
        }

        /** Also as in the environment. */
        boolean isNamed(String name) {
            return property.equals(name) || property.toUpperCase(Locale.ROOT).equals(name);
        }
    }

    /** All defaults. */
    public static AdapterSettings defaults() {
        return read(List.of());
    }

    /**
     * Reads {@code dermaga.adapter.*}, and of {@code dermaga.trace.*} what the adapter has to know.
     *
     * @param sources strongest first
     * @throws SettingsException with all problems at once
     */
    public static AdapterSettings read(List<SettingSource> sources) {
        return new Reader(sources).read();
    }

    private static final class Reader {

        private final List<SettingSource> sources;
        private final List<String> problems = new ArrayList<>();

        Reader(List<SettingSource> sources) {
            this.sources = sources;
        }

        AdapterSettings read() {
            rejectUnknown();
            TransportKind transport = transport();
            int threads = threads();
            DataSize budget = size(Property.BUDGET, "4MiB", "1TiB");
            String directory = given(Property.SPILL_DIRECTORY);
            DataSize spill = size(Property.SPILL_CAPACITY, "0B", "1024TiB");
            DataSize record = size(Property.RECORD_CAPACITY, "0B", "1GiB");
            Path data = dataDirectory();
            DataSize deadLetters = size(Property.DEAD_LETTER_CAPACITY, "0B", "1TiB");
            DataSize recordings = size(Property.RECORDING_CAPACITY, "0B", "1TiB");
            SpoolSettings spool = spool(data);
            TraceSettings traces = traces();
            if (!problems.isEmpty()) {
                throw new SettingsException("adapter", problems);
            }
            Path spillDirectory =
                    directory.isBlank()
                            ? Path.of(System.getProperty("java.io.tmpdir"), "dermaga-spill")
                            : Path.of(directory.strip());
            return new AdapterSettings(
                    transport,
                    threads,
                    budget,
                    spillDirectory,
                    spill,
                    record,
                    data,
                    deadLetters,
                    recordings,
                    spool,
                    traces);
        }

        /** A misspelt name would otherwise be ignored without a word. */
        private void rejectUnknown() {
            for (SettingSource source : sources) {
                for (String name : source.names(PREFIX)) {
                    if (Arrays.stream(Property.values()).noneMatch(one -> one.isNamed(name))) {
                        problems.add(
                                "DMG1002 unknown property '%s' of the adapter (%s): allowed are %s"
                                        .formatted(
                                                name,
                                                source.describe(PREFIX + name),
                                                Arrays.stream(Property.values())
                                                        .map(one -> one.property)
                                                        .collect(Collectors.joining(", "))));
                    }
                }
            }
        }

        private TransportKind transport() {
            String text = given(Property.TRANSPORT).strip();
            for (TransportKind kind : TransportKind.values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return kind;
                }
            }
            problem(Property.TRANSPORT, text, "auto, epoll, io_uring, nio");
            return TransportKind.AUTO;
        }

        private int threads() {
            String text = given(Property.IO_THREADS).strip();
            try {
                int value = Integer.parseInt(text);
                if (value >= 0 && value <= 1024) {
                    return value > 0 ? value : Runtime.getRuntime().availableProcessors();
                }
            } catch (NumberFormatException e) {
                // said below, as for a number out of range
            }
            problem(Property.IO_THREADS, text, "0 (one per processor) to 1024");
            return 1;
        }

        private Path dataDirectory() {
            String text = given(Property.DATA_DIRECTORY).strip();
            try {
                if (!text.isEmpty()) {
                    return Path.of(text);
                }
            } catch (InvalidPathException e) {
                // said below, as for none
            }
            problem(Property.DATA_DIRECTORY, text, "the path of a directory");
            return Path.of(Property.DATA_DIRECTORY.fallback);
        }

        private SpoolSettings spool(Path data) {
            SpoolSettings defaults = SpoolSettings.embedded(data.resolve("spool"));
            try {
                return new SpoolSettings(
                        defaults.directory(),
                        size(Property.SPOOL_CAPACITY, "1MiB", "1024TiB"),
                        size(Property.SPOOL_RESERVE, "0B", "1024TiB"),
                        defaults.largeFrom(),
                        brokers(),
                        given(Property.SPOOL_USER).strip(),
                        given(Property.SPOOL_PASSWORD));
            } catch (SettingsException e) {
                problems.addAll(e.problems());
                return defaults;
            }
        }

        private TraceSettings traces() {
            try {
                return TraceSettings.read(sources);
            } catch (SettingsException e) {
                problems.addAll(e.problems());
                return TraceSettings.read(List.of());
            }
        }

        private List<URI> brokers() {
            String text = given(Property.SPOOL).strip();
            if (text.equals(Property.SPOOL.fallback)) {
                return List.of();
            }
            List<URI> brokers = new ArrayList<>();
            try {
                for (String broker : text.split(",", -1)) {
                    brokers.add(new URI(broker.strip()));
                }
            } catch (URISyntaxException e) {
                problem(Property.SPOOL, text, "embedded, or tcp://host:port, separated by commas");
            }
            return brokers;
        }

        private DataSize size(Property property, String least, String most) {
            String text = given(property);
            try {
                DataSize value = DataSize.parse(text);
                if (value.compareTo(DataSize.parse(least)) >= 0
                        && value.compareTo(DataSize.parse(most)) <= 0) {
                    return value;
                }
            } catch (IllegalArgumentException e) {
                // said below, as for a size out of range
            }
            problem(property, text, least + " to " + most);
            return DataSize.parse(property.fallback);
        }

        private String given(Property property) {
            String key = PREFIX + property.property;
            for (SettingSource source : sources) {
                @Nullable String text = source.value(key);
                if (text != null) {
                    return text;
                }
            }
            return property.fallback;
        }

        private void problem(Property property, String given, String allowed) {
            problems.add(
                    "DMG1001 property 'dermaga.adapter.%s': given '%s', allowed: %s"
                            .formatted(property.property, given, allowed));
        }
    }
}
