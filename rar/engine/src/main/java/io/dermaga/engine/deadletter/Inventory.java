package io.dermaga.engine.deadletter;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.engine.monitor.Escape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is in the directory when a store is opened. What a crash has left half-written is removed;
 * facts that cannot be read are told of and left alone with their content, and so are files that
 * are no part of a letter.
 */
final class Inventory {

    /**
     * @param letter with its facts
     * @param bytes of all its files
     */
    record Item(DeadLetter letter, long bytes) {}

    private final LetterFiles files;
    private final Consumer<String> warnings;

    Inventory(LetterFiles files, Consumer<String> warnings) {
        this.files = files;
        this.warnings = warnings;
    }

    List<Item> take() throws IOException {
        List<Item> items = new ArrayList<>();
        Set<String> names = files.names();
        for (String name : names) {
            String id = id(name);
            if (!DeadLetter.isId(id)) {
                continue;
            }
            if (name.endsWith(LetterFiles.FACTS)) {
                read(id, items);
            } else if (isRest(name, id, names)) {
                remove(name);
            }
        }
        return items;
    }

    private static boolean isRest(String name, String id, Set<String> names) {
        return name.endsWith(LetterFiles.TEMPORARY) || !names.contains(id + LetterFiles.FACTS);
    }

    /** The name of a file without what says its kind. */
    private static String id(String name) {
        String base = without(LetterFiles.TEMPORARY, name);
        for (String kind : LetterFiles.KINDS) {
            if (base.endsWith(kind)) {
                return without(kind, base);
            }
        }
        return ""; // the file of somebody else
    }

    private static String without(String end, String name) {
        return name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name;
    }

    private void read(String id, List<Item> items) {
        Path facts = files.file(id, LetterFiles.FACTS);
        try {
            DeadLetter letter = Facts.read(facts, files.has(id, LetterFiles.EDITED));
            if (!letter.id().equals(id)) {
                throw new IOException("they are of '" + letter.id() + "'");
            }
            long bytes = files.size(id, LetterFiles.PAYLOAD);
            if (!files.has(id, LetterFiles.PAYLOAD) || bytes != letter.size()) {
                throw new IOException(
                        "of the payload's %d bytes %d are there".formatted(letter.size(), bytes));
            }
            items.add(new Item(letter, files.size(id)));
        } catch (IOException e) {
            warnings.accept(unreadable(facts, e));
        }
    }

    private void remove(String name) {
        Path rest = files.directory().resolve(name);
        try {
            Files.deleteIfExists(rest);
        } catch (IOException e) {
            warnings.accept(unreadable(rest, e));
        }
    }

    static String unreadable(Path file, IOException cause) {
        return "DMG3203 facts of a dead letter in '%s' cannot be used: %s"
                .formatted(file, Escape.cause(cause));
    }
}
