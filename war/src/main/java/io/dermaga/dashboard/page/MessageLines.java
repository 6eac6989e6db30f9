package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.EffectiveSetting;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.dashboard.text.FileName;
import io.dermaga.history.MessageLookup;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lines for a shell that do something with a message. */
@Named("messageLines")
@RequestScoped
public class MessageLines {

    /** So many bytes are written into the line itself; more are downloaded by it. */
    static final int MOST_BYTES = 2048;

    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,253})|\\[[0-9A-Fa-f:.]{2,45}]");

    /**
     * A line that sends a content again.
     *
     * @param text of the line
     * @param framed whether it has what the framing puts around the content
     * @param before bytes of the framing before the content, in hex
     * @param after the same after it
     */
    public record Send(String text, boolean framed, String before, String after) {}

    @Inject private ConnectedMonitor monitor;
    @Inject private MessageLookup messages;

    private boolean asked;
    private @Nullable Send sent;

    /**
     * Sends the content to its listener again.
     *
     * @return null if not all of it is kept, or is told, or its listener is not there
     */
    public @Nullable Send send(@Nullable MessageContent content, String listener) {
        if (content == null || !content.complete() || messages.covers(listener)) {
            return null;
        }
        if (!asked) { // a page asks several times for its one message
            sent = find(content, listener).orElse(null);
            asked = true;
        }
        return sent;
    }

    private Optional<Send> find(MessageContent content, String listener) {
        return monitor.ask(Monitor::snapshot).stream()
                .flatMap(snapshot -> snapshot.listeners().stream())
                .filter(one -> one.name().equals(listener))
                .filter(one -> !setting(one, "mode").equals("CONNECT"))
                .map(one -> send(content, one, serverName(), download(content.id())))
                .findFirst();
    }

    /** Downloads what is kept of the content. */
    public String curl(String id) {
        return download(id) + " -o " + Shell.word(FileName.of(id + ".bin"));
    }

    static Send send(
            MessageContent content, ListenerSnapshot listener, String server, String download) {
        boolean kept = setting(listener, "envelope").equals("KEEP");
        int size = content.head().remaining();
        Optional<Envelope> envelope =
                kept ? Envelope.of("eof", size) : Envelope.of(listener.framing(), size);
        byte[] before = envelope.map(one -> Envelope.bytes(one.before())).orElse(new byte[0]);
        byte[] after = envelope.map(one -> Envelope.bytes(one.after())).orElse(new byte[0]);
        return new Send(
                bytes(before, content, after, download) + " | " + peer(listener, server),
                envelope.isPresent(),
                envelope.map(one -> Envelope.hex(one.before())).orElse(""),
                envelope.map(one -> Envelope.hex(one.after())).orElse(""));
    }

    private static String bytes(
            byte[] before, MessageContent content, byte[] after, String download) {
        if (content.head().remaining() > MOST_BYTES) {
            String first = before.length == 0 ? "" : Shell.printf(before) + "; ";
            String last = after.length == 0 ? "" : Shell.printf(after) + "; ";
            return first.isEmpty() && last.isEmpty()
                    ? download
                    : "{ " + first + download + "; " + last + "}";
        }
        byte[] head = Envelope.bytes(content.head());
        byte[] all = new byte[before.length + head.length + after.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(head, 0, all, before.length, head.length);
        System.arraycopy(after, 0, all, before.length + head.length, after.length);
        return Shell.printf(all);
    }

    /** Without a flag that only some have, it ends a while after its input. */
    private static String peer(ListenerSnapshot listener, String server) {
        String bound = listener.host().split(",", 2)[0].strip();
        boolean any = bound.equals("0.0.0.0") || bound.equals("::") || !isHost(bound);
        String host = any ? server : bound;
        String tls = setting(listener, "tls");
        return tls.isEmpty() || tls.equals("OFF")
                ? "nc -w 5 " + bare(host) + " " + listener.port()
                : "openssl s_client -quiet -connect " + host + ":" + listener.port();
    }

    private static String bare(String host) {
        return host.replaceAll("[\\[\\]]", "");
    }

    private static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }

    private static String setting(ListenerSnapshot listener, String name) {
        List<EffectiveSetting> settings = listener.settings();
        return settings.stream()
                .filter(one -> one.name().equals(name))
                .map(EffectiveSetting::value)
                .findFirst()
                .orElse("");
    }

    private static String download(String id) {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        return "curl -sfu USER %s"
                .formatted(
                        Shell.word(
                                "%s://%s:%d%s/api/v1/messages/%s/content"
                                        .formatted(
                                                external.getRequestScheme(),
                                                serverName(),
                                                external.getRequestServerPort(),
                                                external.getRequestContextPath(),
                                                URLEncoder.encode(id, StandardCharsets.UTF_8)
                                                        .replace("+", "%20"))));
    }

    /** As the reader's browser calls this server; what is no name of a host is not repeated. */
    private static String serverName() {
        String name = FacesContext.getCurrentInstance().getExternalContext().getRequestServerName();
        return name != null && isHost(name) ? name : "localhost";
    }
}
