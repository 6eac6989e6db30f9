package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.lane.Ticket;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.settings.Acknowledge;
import io.dermaga.engine.spool.Receipt;
import io.dermaga.engine.spool.SpoolQueue;
import io.dermaga.engine.spool.SpoolReader;
import io.dermaga.engine.spool.SpooledConnection;
import io.dermaga.engine.spool.SpooledEntry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way of the payloads of one listener through the spool: from the event loop that has read them
 * to the lane of their connection. The connection goes on at once; a {@link Ticket} holds their
 * place until they are acknowledged.
 */
final class ListenerSpool {

    /** Of what waits in the spool, so much is in memory to be delivered. */
    private static final long MOST_READ_AHEAD_BYTES = 8 * 1024 * 1024;

    private static final long REOPEN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private record Place(String connection, long firstNumber) {}

    private final Listener server;
    private final SpoolQueue queue;
    private final boolean onSpool;
    private final Map<String, SpooledOwner> owners = new ConcurrentHashMap<>();
    private final Map<Place, Ticket> tickets = new ConcurrentHashMap<>();
    private @Nullable SpoolReader reader;
    private volatile boolean draining;

    ListenerSpool(Listener server, SpoolQueue queue) {
        this.server = server;
        this.queue = queue;
        this.onSpool = server.settings().delivery().acknowledge() == Acknowledge.ON_SPOOL;
    }

    /** Entries that wait, as far as it is known; -1 if it is not. */
    long backlog() {
        return queue.backlog();
    }

    Stream<Lane> lanes() {
        return owners.values().stream().map(SpooledOwner::lane);
    }

    /** Delivers what is stored, and what will be. */
    synchronized void open() {
        if (reader == null) {
            owners.clear(); // of before it was closed: what a bean still has is done or comes again
            draining = false;
            long budget = server.settings().limits().budget().bytes();
            reader = queue.read(Math.min(budget, MOST_READ_AHEAD_BYTES), this::receive);
        }
    }

    /**
     * Hands out no more. What those that leave have not delivered stays; others deliver what they
     * have.
     */
    private synchronized void drain(Predicate<Consumer> leaving) {
        if (reader != null) {
            draining = true;
            reader.hold();
            owners.values().stream()
                    .filter(owner -> leaving.test(owner.consumer()))
                    .forEach(owner -> owner.lane().discard());
        }
    }

    /** Delivers no more; what a bean has now and takes comes again. */
    synchronized void close() {
        drain(all -> true);
        SpoolReader open = reader;
        reader = null;
        if (open != null) {
            open.stop();
        }
    }

    /** After one bean of several has left: what it has not delivered is delivered by the others. */
    void handOver() {
        server.later(this::reopen, REOPEN_NANOS);
    }

    /** Reads the queue anew when the others have delivered what they have: not twice. */
    private synchronized void reopen() {
        if (reader == null) {
            return; // it was closed meanwhile
        }
        Consumers consumers = server.consumers();
        drain(consumers::isGone);
        if (owners.values().stream().allMatch(one -> consumers.isGone(one.consumer()))) {
            close();
            open();
        } else {
            handOver();
        }
    }

    /**
     * Asked when beans leave, after their connections are quiet: whether none of them has anything.
     */
    boolean isQuiet(Predicate<Consumer> leaving) {
        drain(leaving);
        return owners.values().stream()
                .filter(one -> leaving.test(one.consumer()))
                .allMatch(one -> one.lane().isQuiet());
    }

    /** What keeps lanes from delivering may have come to its end. */
    void resume() {
        owners.values().forEach(owner -> owner.lane().resume());
    }

    // ---- in, on the event loop of the connection

    /** Stores payloads of a connection, and holds their place. */
    void append(TcpConnection connection, long firstNumber, Content content) {
        Ticket ticket = new Ticket(content);
        Place place = new Place(connection.id(), firstNumber);
        Stored stored = new Stored(connection, place, ticket, content);
        if (!onSpool) {
            tickets.put(place, ticket);
        }
        connection.lane().add(ticket);
        queue.append(connection.spooled(), firstNumber, content, stored);
    }

    /** Of what was appended; on a writing thread. */
    private final class Stored implements Receipt {

        private final TcpConnection connection;
        private final Place place;
        private final Ticket ticket;

        /** What the peer is told then, put into words while the payloads are here. */
        private final byte @Nullable [] acknowledgement;

        Stored(TcpConnection connection, Place place, Ticket ticket, Content content) {
            this.connection = connection;
            this.place = place;
            this.ticket = ticket;
            this.acknowledgement = onSpool ? Ticket.acknowledgement(connection, content) : null;
        }

        @Override
        public void stored() {
            if (acknowledgement != null) {
                ticket.answer(acknowledgement, false);
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

    // ---- out, on a thread of the reader

    private void receive(SpooledEntry entry) {
        SpooledConnection connection = entry.connection();
        Ticket ticket = tickets.remove(new Place(connection.id(), entry.firstNumber()));
        if (entry.fromEarlierRun()) {
            server.counters().received.add(entry.content().count());
            server.counters().receivedBytes.add(entry.content().bytes());
        }
        SpooledOwner before = owners.get(connection.id());
        SpooledOwner owner =
                owners.compute(
                        connection.id(),
                        (id, known) -> {
                            SpooledOwner one = known == null ? owner(entry) : known;
                            one.add(entry, ticket);
                            return one;
                        });
        if (draining && owner != before) { // what came before it may have been discarded
            owner.lane().discard();
        }
        owner.lane().signal();
    }

    private SpooledOwner owner(SpooledEntry entry) {
        SpooledConnection connection = entry.connection();
        return new SpooledOwner(
                this,
                server,
                connection,
                server.connection(connection.id()),
                entry.firstNumber() - 1);
    }

    /**
     * An entry is to be delivered later, and its place is held until then.
     *
     * @param ticket null if nobody waits for it
     */
    void giveBack(SpooledEntry entry, @Nullable Ticket ticket) {
        if (ticket != null) {
            tickets.put(new Place(entry.connection().id(), entry.firstNumber()), ticket);
        }
    }

    /** One of its contents has ended; whoever has no other is forgotten. */
    void ended(SpooledOwner owner) {
        owners.computeIfPresent(
                owner.id(), (id, known) -> known == owner && known.isIdle() ? null : known);
    }
}
