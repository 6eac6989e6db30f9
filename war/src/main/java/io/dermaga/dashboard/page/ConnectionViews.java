package io.dermaga.dashboard.page;

import io.dermaga.dashboard.connections.SavedView;
import io.dermaga.dashboard.connections.SavedViews;
import io.dermaga.security.Role;
import jakarta.annotation.PostConstruct;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Servlets;

/**
 * The views of the connections that a reader has saved. One is opened by its address, in which
 * {@code view} is its name; what an action leads to is an address again.
 */
@Named("connectionViews")
@ViewScoped
public class ConnectionViews implements Serializable {

    private static final String VIEW = "view";

    /** In the session, until the page is shown that an action leads to. */
    private static final String TOLD = ConnectionViews.class.getName() + ".told";

    @Inject private SavedViews views;
    @Inject private Operator operator;
    @Inject private ConnectionsPage page;

    private @Nullable String opened;
    private @Nullable String name;

    @PostConstruct
    void open() {
        String given = external().getRequestParameterMap().get(VIEW);
        opened = find(given).map(SavedView::name).orElse(null);
        name = opened;
    }

    /** Tells what came of an action that has led here. */
    public void tell() {
        if (external().getSessionMap().remove(TOLD) instanceof List<?> messages) {
            for (Object one : messages) {
                FacesContext.getCurrentInstance().addMessage(null, (FacesMessage) one);
            }
        }
    }

    /** Those of the reader. */
    public List<SavedView> getAll() {
        return views.of(reader());
    }

    /** Address of a query, with the view that was opened. */
    String address(String query) {
        return "connections.xhtml?" + query(query, opened);
    }

    /** Address of a view. */
    public String address(SavedView view) {
        return "connections.xhtml?" + query(view.query(), view.name());
    }

    /** Name of the one that was opened; null if none was. */
    public @Nullable String getOpened() {
        return opened;
    }

    /** Whether the page is not the view any more that was opened. */
    public boolean isChanged() {
        return find(opened).filter(one -> !one.query().equals(shown())).isPresent();
    }

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    public int getMostName() {
        return SavedView.MOST_NAME;
    }

    /** Saves what the page shows under the name. */
    public void save() {
        act("views.save", given(), this::save);
    }

    private Answer save(String actor) {
        SavedView view = new SavedView(given(), shown());
        boolean replaced = views.save(actor, view);
        opened = view.name();
        return Answer.done(replaced ? "viewReplaced" : "viewSaved", view.name());
    }

    /** Gives the view that was opened the name. */
    public void rename() {
        act("views.rename", before(), this::rename);
    }

    private Answer rename(String actor) {
        String before = before();
        if (!views.rename(actor, before, given())) {
            return Answer.notDone("viewGone");
        }
        opened = given();
        return Answer.done("viewRenamed", before, given());
    }

    /** Deletes the view that was opened; what it shows stays shown. */
    public void delete() {
        act(
                "views.delete",
                before(),
                actor ->
                        views.delete(actor, before())
                                ? Answer.done("viewDeleted", before())
                                : Answer.notDone("viewGone"));
    }

    /** What the page shows, from its first page on. */
    private String shown() {
        return page.getQuery().atPage(1).toString();
    }

    private String given() {
        return Optional.ofNullable(name).orElse("").strip();
    }

    private String before() {
        return Optional.ofNullable(opened).orElse("");
    }

    /** Afterwards the address is that of the page again, with the view if there is one. */
    private void act(String action, String target, Function<String, Answer> done) {
        operator.act(Role.VIEWER, action, target, done);
        ExternalContext external = external();
        external.getSessionMap()
                .put(TOLD, List.copyOf(FacesContext.getCurrentInstance().getMessageList()));
        String query = query(page.getQuery().toString(), find(opened).isPresent() ? opened : null);
        try {
            external.redirect(external.getRequestContextPath() + "/connections.xhtml?" + query);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private Optional<SavedView> find(@Nullable String wanted) {
        return getAll().stream().filter(one -> one.name().equals(wanted)).findFirst();
    }

    private static String query(String query, @Nullable String view) {
        String named = view == null ? "" : Servlets.toQueryString(Map.of(VIEW, List.of(view)));
        return Stream.of(query, named)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("&"));
    }

    private static String reader() {
        return Optional.ofNullable(external().getRemoteUser()).orElse("");
    }

    private static ExternalContext external() {
        return FacesContext.getCurrentInstance().getExternalContext();
    }
}
