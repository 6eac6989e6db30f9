package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.WriteRequest;
import io.dermaga.dashboard.text.Notation;
import io.dermaga.masking.Masks;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Bytes that an operator writes to the connection of the page. */
@Named("connectionWriting")
@ViewScoped
public class ConnectionWriting implements Serializable {

    private final WrittenBytes input = new WrittenBytes(WriteRequest.MOST_BYTES);

    @Inject private ConnectedMonitor monitor;
    @Inject private Operator operator;
    @Inject private Texts texts;
    @Inject private Masks masks;
    @Inject private ConnectionPage page;

    private boolean enclosed = true;

    /** Writes them; only for an operator. */
    public void write() {
        try {
            byte[] bytes = input.read(texts);
            operator.act("connections.write", target(bytes), actor -> write(bytes, actor));
        } catch (WrittenBytes.RefusedException refused) {
            FacesContext.getCurrentInstance()
                    .addMessage(
                            null,
                            new FacesMessage(
                                    FacesMessage.SEVERITY_ERROR, refused.getMessage(), null));
        }
    }

    private Answer write(byte[] bytes, String actor) {
        WriteRequest request = new WriteRequest(id(), ByteBuffer.wrap(bytes), enclosed);
        return monitor.ask(source -> source.write(request, actor))
                .map(
                        written ->
                                written.isPresent()
                                        ? Answer.done("writeDone", written.getAsInt())
                                        : Answer.notDone("pauseConnectionGone"))
                .orElseGet(() -> Answer.notDone("offline"));
    }

    private String id() {
        return Optional.ofNullable(page.getId()).orElse("");
    }

    /** What the audit keeps. */
    private String target(byte[] bytes) {
        String listener =
                monitor.ask(source -> source.connection(id()).orElse(null))
                        .map(ConnectionSnapshot::listener)
                        .orElse("");
        byte[] covered = masks.bytes(listener, bytes, input.getCharset());
        return id() + ", " + Notation.beginning(bytes.length, covered);
    }

    public WrittenBytes getInput() {
        return input;
    }

    public boolean isEnclosed() {
        return enclosed;
    }

    public void setEnclosed(boolean enclosed) {
        this.enclosed = enclosed;
    }
}
