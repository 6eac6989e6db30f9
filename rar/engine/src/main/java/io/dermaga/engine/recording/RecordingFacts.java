package io.dermaga.engine.recording;

import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.Recording.State;
import io.dermaga.api.monitor.RecordingRequest;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Facts of a recording as the properties file beside it. */
record RecordingFacts(Recording recording) {

    /** Those of a recording that begins. */
    static Recording begun(String id, RecordingRequest request, String actor, Instant now) {
        return new Recording(
                id,
                request.listener(),
                request.peers(),
                actor,
                now,
                null,
                State.RUNNING,
                null,
                request.budget(),
                request.limit(),
                0,
                0,
                0,
                0,
                0);
    }

    void write(FileChannel channel) throws IOException {
        Properties all = new Properties();
        all.setProperty("id", recording.id());
        all.setProperty("listener", recording.listener());
        all.setProperty("peers", recording.peers());
        all.setProperty("actor", recording.actor());
        all.setProperty("startedAt", recording.startedAt().toString());
        put(all, "endedAt", recording.endedAt());
        all.setProperty("state", recording.state().name());
        put(all, "error", recording.error());
        all.setProperty("budget", Long.toString(recording.budget()));
        all.setProperty("limit", recording.limit().toString());
        all.setProperty("size", Long.toString(recording.size()));
        all.setProperty("connections", Integer.toString(recording.connections()));
        all.setProperty("cut", Integer.toString(recording.cut()));
        all.setProperty("bytesRead", Long.toString(recording.bytesRead()));
        all.setProperty("bytesWritten", Long.toString(recording.bytesWritten()));
        StringWriter text = new StringWriter();
        all.store(text, "A recording of Dermaga; its packets are beside it");
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static void put(Properties all, String name, @Nullable Object value) {
        if (value != null) {
            all.setProperty(name, value.toString());
        }
    }

    /**
     * @throws IOException if they cannot be read, or are none
     */
    static Recording read(Path file) throws IOException {
        Properties all = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            all.load(reader);
            String ended = all.getProperty("endedAt");
            return new Recording(
                    needed(all, "id"),
                    needed(all, "listener"),
                    needed(all, "peers"),
                    needed(all, "actor"),
                    Instant.parse(needed(all, "startedAt")),
                    ended == null ? null : Instant.parse(ended),
                    State.valueOf(needed(all, "state")),
                    all.getProperty("error"),
                    Long.parseLong(needed(all, "budget")),
                    Duration.parse(needed(all, "limit")),
                    Long.parseLong(needed(all, "size")),
                    Integer.parseInt(needed(all, "connections")),
                    Integer.parseInt(needed(all, "cut")),
                    Long.parseLong(needed(all, "bytesRead")),
                    Long.parseLong(needed(all, "bytesWritten")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("they are none: " + e.getMessage(), e);
        }
    }

    private static String needed(Properties all, String name) throws IOException {
        String value = all.getProperty(name);
        if (value == null) {
            throw new IOException("'" + name + "' is missing");
        }
        return value;
    }
}
