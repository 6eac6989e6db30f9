package io.dermaga.dashboard.connections;

import io.dermaga.security.ProviderUser;
import io.dermaga.security.Users;
import io.dermaga.settings.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The views that users have saved, each for himself. Thread-safe; what was changed is on the disk
 * when it returns. Views of own users who are no more go with the next change; of those whom an
 * identity provider sends nobody knows here whether they still are.
 */
@ApplicationScoped
public class SavedViews {

    /** How many a user may have. */
    static final int MOST = 20;

    private static final System.Logger LOG = System.getLogger(SavedViews.class.getName());

    private final Predicate<String> isUser;

    private @Nullable ViewFile file;
    private boolean damaged;
    private Map<String, List<SavedView>> kept = Map.of();

    /** For the proxy. */
    SavedViews() {
        this(user -> true);
    }

    @Inject
    SavedViews(Users users) {
        this(user -> ProviderUser.isOne(user) || users.find(user).isPresent());
    }

    /**
     * @param isUser whether there is a user of the name
     */
    SavedViews(Predicate<String> isUser) {
        this.isUser = isUser;
    }

    void open(@Observes @Initialized(ApplicationScoped.class) Object application) {
        open(Configuration.ofProcess().dataDirectory());
    }

    /** Reads what is kept. */
    synchronized void open(Path directory) {
        if (file != null) {
            return; // inside an EAR some servers say it once for each module
        }
        ViewFile opened = new ViewFile(directory);
        file = opened;
        try {
            kept = opened.read();
        } catch (IOException unreadable) {
            damaged = true;
            LOG.log(
                    System.Logger.Level.ERROR,
                    "DMG4711 the saved views in %s cannot be read, there are none: %s"
                            .formatted(opened.path(), unreadable.getMessage()));
        }
    }

    /** Those of a user, by name. */
    public synchronized List<SavedView> of(String user) {
        return kept.getOrDefault(user, List.of());
    }

    /**
     * Keeps a view in place of one of its name.
     *
     * @return whether there was one
     * @throws IllegalStateException numbered, if he has too many, or the file is damaged
     * @throws UncheckedIOException numbered, if it cannot be written
     */
    public synchronized boolean save(String user, SavedView view) {
        List<SavedView> others = others(user, view.name());
        if (others.size() >= MOST) {
            throw new IllegalStateException(
                    "DMG4714 there are %d views, allowed: %d; delete one"
                            .formatted(others.size(), MOST));
        }
        boolean replaced = others.size() < of(user).size();
        keep(user, Stream.concat(others.stream(), Stream.of(view)).toList());
        return replaced;
    }

    /**
     * Gives a view another name.
     *
     * @return whether there is one
     * @throws IllegalStateException numbered, if there is one of that name already, or the file is
     *     damaged
     * @throws UncheckedIOException numbered, if it cannot be written
     */
    public synchronized boolean rename(String user, String before, String after) {
        Optional<SavedView> found = find(user, before);
        if (found.isEmpty()) {
            return false;
        }
        SavedView renamed = found.get().named(after);
        List<SavedView> others = others(user, before);
        if (others.stream().anyMatch(one -> one.name().equals(renamed.name()))) {
            throw new IllegalStateException(
                    "DMG4715 there is a view '%s' already".formatted(renamed.name()));
        }
        keep(user, Stream.concat(others.stream(), Stream.of(renamed)).toList());
        return true;
    }

    /**
     * Removes a view.
     *
     * @return whether there was one
     * @throws IllegalStateException numbered, if the file is damaged
     * @throws UncheckedIOException numbered, if it cannot be written
     */
    public synchronized boolean delete(String user, String name) {
        if (find(user, name).isEmpty()) {
            return false;
        }
        keep(user, others(user, name));
        return true;
    }

    private Optional<SavedView> find(String user, String name) {
        return of(user).stream().filter(one -> one.name().equals(name)).findFirst();
    }

    private List<SavedView> others(String user, String name) {
        Predicate<SavedView> named = one -> one.name().equals(name);
        return of(user).stream().filter(named.negate()).toList();
    }

    private void keep(String user, List<SavedView> views) {
        ViewFile target = file;
        if (damaged || target == null) {
            throw new IllegalStateException(
                    "DMG4711 the saved views cannot be read, so that none can be saved: remove views.json of the data directory and start again");
        }
        Map<String, List<SavedView>> next = new TreeMap<>(kept);
        next.keySet().removeIf(one -> !one.equals(user) && !isUser.test(one));
        next.put(user, views.stream().sorted(Comparator.comparing(SavedView::name)).toList());
        try {
            target.write(next);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "DMG4716 the view cannot be saved in %s: %s".formatted(target.path(), failed),
                    failed);
        }
        kept = next;
    }
}
