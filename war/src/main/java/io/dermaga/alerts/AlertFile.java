package io.dermaga.alerts;

import io.dermaga.settings.OwnerOnly;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/** Alerts in a file of the data directory, so that what was acknowledged stays so. */
final class AlertFile {

    private final Path directory;
    private final Path file;

    /**
     * @param directory is made when it is needed
     */
    AlertFile(Path directory) {
        this.directory = directory;
        file = directory.resolve("alerts.json");
    }

    Path path() {
        return file;
    }

    /**
     * What was written last; nothing if there is no file.
     *
     * @throws IOException if it cannot be read, or is no file of alerts
     */
    List<Alert> read() throws IOException {
        try (JsonReader reader =
                Json.createReader(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(AlertJson::alert)
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (RuntimeException malformed) {
            throw new IOException(malformed.toString(), malformed);
        }
    }

    /** Replaces what is there; returns when it is forced to disk. */
    void write(List<Alert> alerts) throws IOException {
        JsonArrayBuilder json = Json.createArrayBuilder();
        alerts.forEach(alert -> json.add(AlertJson.of(alert)));
        Path written = file.resolveSibling(file.getFileName() + ".new");
        OwnerOnly.createDirectories(directory);
        Files.deleteIfExists(written);
        try (FileChannel channel =
                FileChannel.open(
                        written,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        OwnerOnly.file())) {
            ByteBuffer bytes =
                    ByteBuffer.wrap(json.build().toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(
                written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
