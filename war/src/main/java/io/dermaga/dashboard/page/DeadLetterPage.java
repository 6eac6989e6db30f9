package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterReplay;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.dashboard.text.Visible;
import io.dermaga.masking.Masks;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.PartialViewContext;
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

    /** Id of what shows the content. */
    private static final String CONTENT = "payload";

    private static final String EDIT = "deadLetters.edit";

    @Inject private ConnectedMonitor monitor;
    @Inject private Masks masks;
    @Inject private Contents contents;
    @Inject private Operator operator;
    @Inject private Revealing revealing;

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
        if (showsContent()) {
            content = null;
        }
        String wanted = id;
        if (wanted == null) {
            return;
        }
        try {
            letter =
                    monitor.ask(source -> source.deadLetter(wanted))
                            .flatMap(found -> found)
                            .map(masks::letter)
                            .orElse(null);
        } catch (UncheckedIOException unreadable) {
            problem = Visible.line(String.valueOf(unreadable.getMessage()));
        }
    }

    /** Whether it is about to be shown anew; else the one stays that the reader has before him. */
    private static boolean showsContent() {
        PartialViewContext shown = FacesContext.getCurrentInstance().getPartialViewContext();
        return !shown.isPartialRequest() || shown.getRenderIds().contains(CONTENT);
    }

    /** The letter; null if there is none, or none any more. */
    public @Nullable DeadLetter getLetter() {
        return letter;
    }

    /** Why the letter cannot be read; null if it can. */
    public @Nullable String getProblem() {
        return problem;
    }

    /** Its content, as the page shows it. */
    public LetterContent getContent() {
        LetterContent known = content;
        if (known == null) {
            known =
                    contents.read("deadLetters.content", wanted(), this::found)
                            .orElse(LetterContent.NONE);
            content = known;
        }
        return known;
    }

    private Optional<LetterContent> found() {
        return Optional.of(read()).filter(one -> one != LetterContent.NONE);
    }

    private LetterContent read() {
        DeadLetter facts = letter;
        return facts == null
                ? LetterContent.NONE
                : monitor.ask(source -> LetterContent.of(source, facts, masks))
                        .orElse(LetterContent.NONE);
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

    /** Shows what is masked, once. */
    public void reveal() {
        revealing.deadLetter(wanted());
    }

    /** Whether something is masked in the content that is shown. */
    public boolean isMasked() {
        return letter != null && contents.isAllowed() && getContent().isMasked();
    }

    /** Delivers it once more. */
    public void replay() {
        String wanted = wanted();
        operator.act(
                "replays.begin",
                wanted,
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
                "deadLetters.delete",
                wanted,
                actor ->
                        Answer.of(
                                monitor.ask(source -> source.deleteDeadLetter(wanted, actor)),
                                Answer.done("lettersDeleted", 1),
                                Answer.notDone("letterGone")));
    }

    /** Takes the text of the form as the content to be delivered. */
    public void save() {
        operator.act(
                EDIT,
                wanted(),
                actor ->
                        getContent()
                                .editable()
                                .map(editable -> edited(editable, actor))
                                .orElseGet(() -> Answer.notDone("letterGone")));
    }

    private Answer edited(EditableText editable, String actor) {
        try {
            Answer answer = edited(editable.bytes(text == null ? "" : text), actor);
            text = answer.severity() == FacesMessage.SEVERITY_INFO ? null : text;
            return answer;
        } catch (CharacterCodingException foreign) {
            return Answer.refused("notInCharset", editable.charset());
        }
    }

    /** Takes the uploaded file as the content to be delivered. */
    public void upload() {
        Part uploaded = file;
        operator.act(
                EDIT,
                wanted(),
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

    /** Not if somebody else has edited it since it was shown: the reader has not seen that. */
    private Answer edited(byte[] bytes, String actor) {
        String wanted = wanted();
        LetterContent now = read();
        if (now.getDelivered() != null && !now.isSame(getContent())) {
            return Answer.refused("letterChanged");
        }
        return Answer.of(
                monitor.ask(source -> source.editDeadLetter(wanted, bytes, actor)),
                Answer.done("letterEdited", bytes.length),
                Answer.notDone("letterGone"));
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

    /** Whether the reader has typed a text that could not be saved. */
    public boolean isTyped() {
        return text != null;
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
