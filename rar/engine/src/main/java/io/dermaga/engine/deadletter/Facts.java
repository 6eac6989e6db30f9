package io.dermaga.engine.deadletter;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.engine.monitor.Peer;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of a dead letter's facts on disk: properties in UTF-8, always in the same order, the
 * stack last and in lines of its own. Whether it is edited is not in it: the edited content is
 * there or not.
 */
final class Facts {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");
    private static final long MOST_BYTES = 1024 * 1024;

    private final StringBuilder text = new StringBuilder(2048);

    private Facts() {}

    static byte[] write(DeadLetter letter) {
        Facts facts = new Facts();
        facts.text.append("# Dermaga dead letter; its content is in the file of this name that\n");
        facts.text.append("# ends in .edited, and if there is none, in the one in .payload\n");
        facts.put("id", letter.id());
        facts.put("listener", letter.listener());
        facts.put("activation", letter.activation());
        facts.put("copy", letter.copy().isEmpty() ? null : letter.copy());
        facts.put("size", letter.size());
        facts.put("charset", letter.charset());
        facts.put("cause", letter.failure().cause());
        facts.put("attempts", letter.failure().attempts());
        facts.put("firstByteAt", letter.firstByteAt());
        facts.put("firstFailedAt", letter.failure().firstAt());
        facts.put("lastFailedAt", letter.failure().lastAt());
        facts.put("connectionId", letter.origin().connectionId());
        facts.put("remoteAddress", Peer.text(letter.origin().remoteAddress()));
        facts.put("localAddress", Peer.text(letter.origin().localAddress()));
        facts.put("connectionOpenedAt", letter.origin().openedAt());
        facts.put("tlsPeer", letter.origin().tlsPeer());
        facts.put("replays", letter.replays().failed());
        facts.put("lastReplayAt", letter.replays().lastAt());
        facts.put("lastReplayError", letter.replays().lastError());
        facts.put("stack", letter.failure().stack());
        return facts.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void put(String key, @Nullable Object value) {
        if (value == null) {
            return;
        }
        String plain = value.toString();
        text.append(key).append('=');
        for (int i = 0; i < plain.length(); i++) {
            put(plain.charAt(i), i == 0);
        }
        text.append('\n');
    }

    /** A line feed goes on in the next line, so that a stack can be read. */
    private void put(char c, boolean first) {
        if (c == '\n') {
            text.append("\\n\\\n  ");
        } else if (c == '\t') {
            text.append("\\t");
        } else if (c == '\\') {
            text.append("\\\\");
        } else if (c == ' ') {
            text.append(first || text.charAt(text.length() - 3) == '\n' ? "\\ " : " ");
        } else if (c < ' ' || Character.isSurrogate(c)) {
            text.append(String.format("\\u%04x", (int) c));
        } else {
            text.append(c);
        }
    }

    /**
     * @param edited whether there is edited content
     * @throws IOException if the file cannot be read, or is not what {@link #write} writes
     */
    static DeadLetter read(Path file, boolean edited) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("it has more than " + MOST_BYTES + " bytes");
        }
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            facts.load(reader);
            return letter(facts, edited);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static DeadLetter letter(Properties facts, boolean edited) throws IOException {
        return new DeadLetter(
                need(facts, "id"),
                need(facts, "listener"),
                need(facts, "activation"),
                facts.getProperty("copy", ""),
                new DeadLetter.Origin(
                        need(facts, "connectionId"),
                        address(need(facts, "remoteAddress")),
                        address(need(facts, "localAddress")),
                        Instant.parse(need(facts, "connectionOpenedAt")),
                        facts.getProperty("tlsPeer")),
                Long.parseLong(need(facts, "size")),
                need(facts, "charset"),
                Instant.parse(need(facts, "firstByteAt")),
                new DeadLetter.Failure(
                        Instant.parse(need(facts, "firstFailedAt")),
                        Instant.parse(need(facts, "lastFailedAt")),
                        Integer.parseInt(need(facts, "attempts")),
                        need(facts, "cause"),
                        need(facts, "stack")),
                edited,
                replays(facts));
    }

    private static DeadLetter.Replays replays(Properties facts) throws IOException {
        String at = facts.getProperty("lastReplayAt");
        return new DeadLetter.Replays(
                Integer.parseInt(need(facts, "replays")),
                at == null ? null : Instant.parse(at),
                facts.getProperty("lastReplayError"));
    }

    private static String need(Properties facts, String key) throws IOException {
        String value = facts.getProperty(key);
        if (value == null) {
            throw new IOException("'" + key + "' is missing");
        }
        return value;
    }

    /** Never asks a name server. */
    private static InetSocketAddress address(String text) throws IOException {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IOException("address '" + text + "' has no port");
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        return LITERAL.matcher(host).matches()
                ? new InetSocketAddress(InetAddress.getByName(host), port)
                : InetSocketAddress.createUnresolved(host, port);
    }
}
