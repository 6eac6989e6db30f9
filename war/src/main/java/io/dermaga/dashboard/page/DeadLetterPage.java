package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterReplay;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.dashboard.ConnectedMonitor;
import io.dermaga.dashboard.text.Visible;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One dead letter, and what is done to it: {@code deadletter.xhtml?id=…}. */
@Named("deadLetterPage")
@ViewScoped
public class DeadLetterPage implements Serializable {

    /** The largest content that can be uploaded, in bytes; web.xml has it as well. */
    static final int MOST_UPLOADED = 16 * 1024 * 1024;

    @Inject private ConnectedMonitor monitor;
    @Inject private Operator operator;

    private @Nullable String id;
    private @Nullable String text;
    private @Nullable String replay;

    private transient @Nullable DeadLetter letter;
    private transient @Nullable String problem;
    private transient @Nullable LetterContent content;
    private transient @Nullable Part file;

    /** Reads the letter anew; before every rendering, the partial ones included. */
    public void load() {
        letter = null;
        problem = null;
        content = null;
        String wanted = id;
        if (wanted == null) {
            return;
        }
        try {
            letter =
                    monitor.ask(source -> source.deadLetter(wanted))
                            .flatMap(found -> found)
                            .orElse(null);
        } catch (UncheckedIOException unreadable) {
            problem = Visible.line(String.valueOf(unreadable.getMessage()));
        }
    }

    /** The letter; null if there is none, or none any more. */
    public @Nullable DeadLetter getLetter() {
        return letter;
    }

    /** Why the letter cannot be read; null if it can. */
    public @Nullable String getProblem() {
        return problem;
    }

    /** Its content, read when a view asks for it. */
    public LetterContent getContent() {
        LetterContent known = content;
        if (known == null) {
            DeadLetter facts = letter;
            known =
                    facts == null
                            ? LetterContent.NONE
                            : monitor.ask(source -> LetterContent.of(source, facts))
                                    .orElse(LetterContent.NONE);
            content = known;
        }
        return known;
    }

    /** How the replay stands that was begun on this page, if one was. */
    public List<ReplayRow> getReplays() {
        String begun = replay;
        return begun == null
                ? List.of()
                : monitor.ask(Monitor::deadLetterReplays).orElse(List.of()).stream()
                        .filter(one -> one.id().equals(begun))
                        .map(ReplayRow::new)
                        .toList();
    }

    /** Delivers it once more. */
    public void replay() {
        String wanted = wanted();
        operator.act(
                actor -> {
                    Optional<DeadLetterReplay> begun =
                            monitor.ask(source -> source.replayDeadLetters(List.of(wanted), actor));
                    replay = begun.map(DeadLetterReplay::id).orElse(null);
                    return DeadLettersPage.begun(begun);
                });
    }

    /** Removes it for good. */
    public void delete() {
        String wanted = wanted();
        operator.act(
                actor ->
                        monitor.ask(source -> source.deleteDeadLetter(wanted, actor)).orElse(false)
                                ? Answer.done("lettersDeleted", 1)
                                : Answer.notDone("letterGone"));
    }

    /** Takes the text of the form as the content to be delivered. */
    public void save() {
        operator.act(
                actor ->
                        getContent()
                                .editable()
                                .map(editable -> edited(editable, actor))
                                .orElseGet(() -> Answer.notDone("letterGone")));
    }

    private Answer edited(EditableText editable, String actor) {
        try {
            Answer answer = edited(editable.bytes(text == null ? "" : text), actor);
            text = null;
            return answer;
        } catch (CharacterCodingException foreign) {
            return Answer.refused("notInCharset", editable.charset());
        }
    }

    /** Takes the uploaded file as the content to be delivered. */
    public void upload() {
        Part uploaded = file;
        operator.act(
                actor -> {
                    if (uploaded == null) {
                        return Answer.notDone("noFile");
                    }
                    if (uploaded.getSize() > MOST_UPLOADED) {
                        return Answer.refused("fileTooLarge");
                    }
                    try (InputStream bytes = uploaded.getInputStream()) {
                        return edited(bytes.readNBytes(MOST_UPLOADED), actor);
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                });
    }

    private Answer edited(byte[] bytes, String actor) {
        String wanted = wanted();
        return monitor.ask(source -> source.editDeadLetter(wanted, bytes, actor)).orElse(false)
                ? Answer.done("letterEdited", bytes.length)
                : Answer.notDone("letterGone");
    }

    private String wanted() {
        return id == null ? "" : id;
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    /** The id as it is written in an address. */
    public String getUrlId() {
        return URLEncoder.encode(wanted(), StandardCharsets.UTF_8);
    }

    /** The content as a text field has it; what the reader has typed, once it was sent. */
    public @Nullable String getText() {
        return text == null ? getContent().editable().map(EditableText::text).orElse(null) : text;
    }

    public void setText(@Nullable String text) {
        this.text = text;
    }

    public @Nullable Part getFile() {
        return file;
    }

    public void setFile(@Nullable Part file) {
        this.file = file;
    }

    public int getMostUploaded() {
        return MOST_UPLOADED;
    }
}
