package io.dermaga.engine.spool;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;

/**
 * The marks of one queue, read before its entries. They are acknowledged in the transaction that
 * removes their entry, so that none outlives the other. Confined to the reading thread but for
 * {@link #done}.
 */
final class Marks {

    private final ClientConsumer consumer;
    private final Map<EntryId, Integer> done = new ConcurrentHashMap<>();
    private final Map<EntryId, List<ClientMessage>> messages = new ConcurrentHashMap<>();

    private Marks(ClientConsumer consumer) {
        this.consumer = consumer;
    }

    /** Reads all there are; the session is started. */
    static Marks read(Link link, ClientSession session, String address) throws ActiveMQException {
        link.ensureQueue(session, address);
        Marks marks = new Marks(session.createConsumer(address));
        marks.readNew();
        return marks;
    }

    private void readNew() throws ActiveMQException {
        ClientMessage message = consumer.receiveImmediate();
        while (message != null) {
            note(message);
            message = consumer.receiveImmediate();
        }
    }

    private void note(ClientMessage message) {
        try {
            byte[] bytes = message.getBytesProperty(Batch.HEAD);
            Mark mark = Mark.decode(bytes == null ? new byte[0] : bytes);
            done.merge(mark.id(), mark.done(), Math::max);
            messages.computeIfAbsent(mark.id(), id -> new ArrayList<>()).add(message);
        } catch (IllegalArgumentException e) {
            SpoolStates.LOG.log(
                    Level.WARNING,
                    "DMG4110 entry in queue '%s' is not readable and stays there: %s"
                            .formatted(message.getAddress(), e.getMessage()));
        }
    }

    /** Payloads of an entry that are done; from any thread. */
    int done(EntryId id) {
        return done.getOrDefault(id, 0);
    }

    /**
     * Acknowledges what tells of an entry, which is removed.
     *
     * @param marked in this run, so that more may have come since the last look
     */
    void acknowledge(EntryId id, boolean marked) throws ActiveMQException {
        if (marked) {
            readNew();
        }
        done.remove(id);
        List<ClientMessage> told = messages.remove(id);
        if (told != null) {
            for (ClientMessage message : told) {
                message.individualAcknowledge();
            }
        }
    }

    /**
     * Acknowledges all: their entries are gone.
     *
     * @return whether there were any
     */
    boolean acknowledgeAll() throws ActiveMQException {
        List<EntryId> ids = List.copyOf(messages.keySet());
        for (EntryId id : ids) {
            acknowledge(id, false);
        }
        return !ids.isEmpty();
    }
}
