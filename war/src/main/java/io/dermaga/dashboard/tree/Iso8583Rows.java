package io.dermaga.dashboard.tree;

import io.dermaga.dashboard.tree.ContentTree.End;
import io.dermaga.dashboard.tree.ContentTree.Format;
import io.dermaga.iso8583.Iso8583Message;
import java.util.Optional;

/** Rows of an ISO 8583 message: its type, bitmaps, and the elements below them. */
final class Iso8583Rows {

    private final byte[] bytes;
    private final boolean whole;
    private final boolean expected;

    /**
     * @param whole whether that is all of it
     * @param expected whether it has to be one; else all of it must be readable
     */
    Iso8583Rows(byte[] bytes, boolean whole, boolean expected) {
        this.bytes = bytes;
        this.whole = whole;
        this.expected = expected;
    }

    /** Empty if it is none. */
    Optional<ContentTree> read() {
        if (expected) {
            return Iso8583Message.read(bytes).map(this::tree);
        }
        return whole ? Iso8583Message.recognized(bytes).map(this::tree) : Optional.empty();
    }

    private ContentTree tree(Iso8583Message message) {
        Rows rows = new Rows();
        message.parts()
                .forEach(
                        part ->
                                rows.add(
                                        part.isElement() ? 1 : 0,
                                        part.name(),
                                        part.value(),
                                        part.meaning()));
        if (message.isWhole()) {
            return new ContentTree(Format.ISO8583, rows.all(), null, null);
        }
        return !whole && message.cut()
                ? new ContentTree(Format.ISO8583, rows.all(), End.CONTENT, null)
                : new ContentTree(Format.ISO8583, rows.all(), End.UNREAD, null, message.unread());
    }
}
