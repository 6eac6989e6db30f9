package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.SendRequest;
import io.dermaga.api.monitor.SendResult;
import io.dermaga.dashboard.text.Format;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.annotation.PostConstruct;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bytes that an operator sends to a listener: {@code send.xhtml?listener=…}. */
@Named("sendPage")
@ViewScoped
public class SendPage implements Serializable {

    private static final int SECONDS = 2;

    private final WrittenBytes input = new WrittenBytes(SendRequest.MOST_BYTES);

    @Inject private ConnectedMonitor monitor;
    @Inject private Operator operator;
    @Inject private Texts texts;

    private @Nullable String listener;
    private boolean enclosed = true;
    private boolean ends = true;
    private int seconds = SECONDS;
    private @Nullable String problem;
    private transient @Nullable SendResult result;

    @PostConstruct
    void open() {
        listener =
                FacesContext.getCurrentInstance()
                        .getExternalContext()
                        .getRequestParameterMap()
                        .get("listener");
    }

    /** Sends, and waits for what is answered. */
    public void send() {
        problem = null;
        result = null;
        try {
            byte[] bytes = input.read(texts);
            operator.act("listeners.send", listener, actor -> send(bytes, actor));
        } catch (WrittenBytes.RefusedException refused) {
            problem = refused.getMessage();
        }
    }

    private Answer send(byte[] bytes, String actor) {
        SendRequest request =
                new SendRequest(
                        Optional.ofNullable(listener).orElse(""),
                        ByteBuffer.wrap(bytes),
                        enclosed,
                        ends,
                        Duration.ofSeconds(seconds));
        result = monitor.ask(source -> source.send(request, actor)).orElse(null);
        return result == null ? Answer.notDone("offline") : Answer.done("sendDone");
    }

    /** Those that can be sent to. */
    public List<ListenerSnapshot> getListeners() {
        return monitor.ask(Monitor::snapshot)
                .map(snapshot -> snapshot.listeners())
                .orElse(List.of());
    }

    public WrittenBytes getInput() {
        return input;
    }

    /** What came of it; null before. */
    public @Nullable SendResult getResult() {
        return result;
    }

    /** The answer as it is shown; null if there was none. */
    public @Nullable Excerpt getAnswer() {
        SendResult known = result;
        return known == null || known.answerBytes() == 0
                ? null
                : Excerpt.of(known.answer(), "UTF-8");
    }

    /** By which the messages of the connection are found. */
    public String getPeer() {
        SendResult known = result;
        return known == null ? "" : Format.address(known.from());
    }

    /** Why nothing was sent; null if it was. */
    public @Nullable String getProblem() {
        return problem;
    }

    public @Nullable String getListener() {
        return listener;
    }

    public void setListener(@Nullable String listener) {
        this.listener = listener;
    }

    public boolean isEnclosed() {
        return enclosed;
    }

    public void setEnclosed(boolean enclosed) {
        this.enclosed = enclosed;
    }

    public boolean isEnds() {
        return ends;
    }

    public void setEnds(boolean ends) {
        this.ends = ends;
    }

    public int getSeconds() {
        return seconds;
    }

    public void setSeconds(int seconds) {
        this.seconds = seconds;
    }

    /** How long may be waited, in seconds. */
    public long getMostSeconds() {
        return SendRequest.MOST_PATIENCE.toSeconds();
    }
}
