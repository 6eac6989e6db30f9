package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.monitor.CopySnapshot;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.lane.Ticket;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.settings.Acknowledge;
import io.dermaga.engine.settings.DeliverySettings;
import io.dermaga.engine.spool.Receipt;
import io.dermaga.engine.spool.Spool;
import io.dermaga.engine.spool.SpoolQueue;
import io.dermaga.engine.spool.SpooledEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way of the payloads of one listener into the spool, from the event loop that has read them,
 * and its ways out. The connection goes on at once; a {@link Ticket} holds their place until they
 * are acknowledged.
 */
final class ListenerSpool {

    private record Place(String connection, long firstNumber) {

        static Place of(SpooledEntry entry) {
            return new Place(entry.connection().id(), entry.storedNumber());
        }
    }

    private final Listener server;
    private final Spool spool;
    private final boolean copies;
    private final List<SpoolCopy> all;
    private final List<SpoolQueue> queues;

    /** Entry of the spool before which none is its own: a listener of this name may have been. */
    private final long first;

    /** Whether a peer is told when its payload is stored. */
    private final boolean onSpool;

    /** Of what is acknowledged when it is delivered. */
    private final Map<Place, Ticket> tickets = new ConcurrentHashMap<>();

    /**
     * @param firstOne of the beans
     */
    ListenerSpool(Listener server, Spool spool, Consumer firstOne) {
        this.server = server;
        this.spool = spool;
        this.first = spool.next();
        String name = server.settings().name();
        DeliverySettings delivery = server.settings().delivery();
        this.onSpool = delivery.acknowledge() == Acknowledge.ON_SPOOL;
        this.copies = !delivery.copies().isEmpty();
        this.all =
                copies
                        ? delivery.copies().stream()
                                .map(group -> copy(spool.queue(name, group), group))
                                .toList()
                        : List.of(copy(spool.queue(name), firstOne.group()));
        this.queues = all.stream().map(SpoolCopy::queue).toList();
        spool.queue(name); // what is left there is counted, by an outside broker too
    }

    private SpoolCopy copy(SpoolQueue queue, String group) {
        return new SpoolCopy(this, server, queue, group);
    }

    /** Entries that wait, as far as it is known; -1 if it is not. */
    long backlog() {
        return all.stream().mapToLong(one -> one.queue().backlog()).reduce(-1, ListenerSpool::sum);
    }

    private static long sum(long one, long other) {
        return one < 0 ? other : one + Math.max(0, other);
    }

    /** What each group of beans is given if there are several, and what others have left. */
    List<CopySnapshot> copies() {
        Stream<CopySnapshot> given =
                copies ? all.stream().map(SpoolCopy::snapshot) : Stream.empty();
        Stream<CopySnapshot> left =
                spool.queues(server.settings().name()).stream()
                        .filter(queue -> !queues.contains(queue) && queue.backlog() > 0)
                        .sorted(Comparator.comparing(SpoolQueue::copy))
                        .map(queue -> new CopySnapshot(queue.copy(), false, "", queue.backlog()));
        return Stream.concat(given, left).toList();
    }

    Stream<Lane> lanes() {
        return all.stream().flatMap(SpoolCopy::lanes);
    }

    /** Delivers what is stored, and what will be, where there are beans. */
    void open() {
        all.forEach(SpoolCopy::open);
    }

    /** Delivers no more; what a bean has now and takes comes again. */
    void close() {
        all.forEach(SpoolCopy::close);
    }

    /** What a bean that leaves, but not as the last one, has its payloads from. */
    SpoolCopy copy(Consumer leaving) {
        return all.stream()
                .filter(one -> one.group().equals(leaving.group()))
                .findFirst()
                .orElseThrow();
    }

    /** Asked when all beans leave, after their connections are quiet: whether none has anything. */
    boolean isQuiet() {
        boolean quiet = true;
        for (SpoolCopy copy : all) {
            quiet &= copy.isQuiet(one -> true);
        }
        return quiet;
    }

    /** What keeps lanes from delivering may have come to its end. */
    void resume() {
        all.forEach(SpoolCopy::resume);
    }

    // ---- in, on the event loop of the connection

    /** Stores payloads of a connection, and holds their place. */
    void append(TcpConnection connection, long firstNumber, Content content) {
        Ticket ticket = new Ticket(content);
        Place place = new Place(connection.id(), firstNumber);
        Stored stored = new Stored(connection, place, ticket, content);
        if (!goesOnWhenStored()) {
            tickets.put(place, ticket);
        }
        for (SpoolCopy further : all.subList(1, all.size())) {
            further.received(content);
        }
        connection.lane().add(ticket);
        spool.append(queues, connection.spooled(), firstNumber, content, stored);
    }

    /** With several groups of beans nobody waits for any. */
    private boolean goesOnWhenStored() {
        return onSpool || copies;
    }

    /** Of what was appended; on a writing thread. */
    private final class Stored implements Receipt {

        private final TcpConnection connection;
        private final Place place;
        private final Ticket ticket;

        /** What the peer is told then, put into words while the payloads are here. */
        private final byte @Nullable [] acknowledgement;

        /** Whether no bean will be given them, so that an orderly end would not be the truth. */
        private final boolean refused;

        Stored(TcpConnection connection, Place place, Ticket ticket, Content content) {
            this.connection = connection;
            this.place = place;
            this.ticket = ticket;
            this.refused = connection.refuses(content);
            this.acknowledgement = onSpool ? Ticket.acknowledgement(connection, content) : null;
        }

        @Override
        public void stored() {
            if (acknowledgement != null) {
                ticket.answer(acknowledgement, false);
            }
            if (goesOnWhenStored()) {
                if (refused) {
                    connection.spooledFailed();
                }
                ticket.finish();
                connection.loop().execute(connection.lane()::signal);
            }
        }

        @Override
        public void abandoned(String reason) {
            tickets.remove(place);
            connection.reports().notSpooled(connection, place.firstNumber(), reason);
            connection.lane().discard();
            connection.reset(CloseReason.DELIVERY_FAILED);
        }
    }

    // ---- out

    /** Who waits for the end of an entry; null if nobody does. */
    @Nullable Ticket takeTicket(SpooledEntry entry) {
        return tickets.remove(Place.of(entry));
    }

    /** An entry is to be delivered later, and its place is held until then. */
    void giveBack(SpooledEntry entry, Ticket ticket) {
        tickets.put(Place.of(entry), ticket);
    }

    /** Whether it has come by another listener of this name, or in an earlier run. */
    boolean isInherited(SpooledEntry entry) {
        return entry.isBefore(first);
    }

    /** Whether payloads that are given to this group were counted for another one. */
    boolean isFurther(SpoolCopy copy) {
        return copy != all.get(0);
    }
}
