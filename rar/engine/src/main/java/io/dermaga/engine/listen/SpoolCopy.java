package io.dermaga.engine.listen;

import io.dermaga.api.monitor.CopySnapshot;
import io.dermaga.engine.idempotency.KnownKeys;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.lane.Ticket;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.spool.EntryId;
import io.dermaga.engine.spool.SpoolQueue;
import io.dermaga.engine.spool.SpoolReader;
import io.dermaga.engine.spool.SpooledConnection;
import io.dermaga.engine.spool.SpooledEntry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way of the payloads of one listener out of the spool, to the beans of one group: to a lane
 * for each of their connections.
 */
final class SpoolCopy {

    /** Of what waits in the spool, so much is in memory to be delivered. */
    private static final long MOST_READ_AHEAD_BYTES = 8 * 1024 * 1024;

    private static final long REOPEN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ListenerSpool spool;
    private final Listener server;
    private final SpoolQueue queue;
    private final String group;

    private final @Nullable KnownKeys knownKeys;
    private final Map<String, SpooledOwner> owners = new ConcurrentHashMap<>();

    /** Inherited, counted, and given back: they come again. */
    private final Set<EntryId> counted = ConcurrentHashMap.newKeySet();

    private @Nullable SpoolReader reader;
    private volatile boolean draining;

    /**
     * @param group whose beans are given the payloads
     */
    SpoolCopy(ListenerSpool spool, Listener server, SpoolQueue queue, String group) {
        this.spool = spool;
        this.server = server;
        this.queue = queue;
        this.group = group;
        this.knownKeys = server.newKnownKeys();
    }

    SpoolQueue queue() {
        return queue;
    }

    String group() {
        return group;
    }

    /** What its beans have been given; null if payloads that are repeated are delivered again. */
    @Nullable KnownKeys knownKeys() {
        return knownKeys;
    }

    CopySnapshot snapshot() {
        return new CopySnapshot(
                group, true, server.consumers().activations(group), queue.backlog());
    }

    Stream<Lane> lanes() {
        return owners.values().stream().map(SpooledOwner::lane);
    }

    /** Delivers what is stored, and what will be, if there is a bean. */
    synchronized void open() {
        if (reader == null && server.consumers().serves(group)) {
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

    /** After a bean has left: what it has not delivered is delivered by others of its group. */
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
        if (owners.values().stream().allMatch(one -> consumers.hasEnded(one.consumer()))) {
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

    /** Payloads are there that were not counted before. */
    void received(Content content) {
        ListenerCounters counters = server.counters();
        if (spool.isFurther(this)) {
            counters.copied.add(content.count());
            counters.copiedBytes.add(content.bytes());
        } else {
            counters.received.add(content.count());
            counters.receivedBytes.add(content.bytes());
        }
    }

    /** On a thread of the reader. */
    private void receive(SpooledEntry entry) {
        SpooledConnection connection = entry.connection();
        Ticket ticket = spool.takeTicket(entry);
        if (spool.isInherited(entry) && !counted.remove(entry.id())) {
            received(entry.content());
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
        TcpConnection known = server.connection(connection.id());
        boolean isIts = known != null && known.consumer().group().equals(group);
        TcpConnection live = isIts ? known : null;
        return new SpooledOwner(
                this,
                server,
                connection,
                live,
                consumer(connection.id(), live),
                entry.firstNumber() - 1);
    }

    private Consumer consumer(String connection, @Nullable TcpConnection live) {
        Consumers consumers = server.consumers();
        if (live != null && !consumers.isGone(live.consumer())) {
            return live.consumer();
        }
        return consumers.of(group, connection).orElseThrow();
    }

    /**
     * An entry is to be delivered later, and its place is held until then.
     *
     * @param ticket null if nobody waits for it
     */
    void giveBack(SpooledOwner owner, SpooledEntry entry, @Nullable Ticket ticket) {
        if (owners.get(owner.id()) != owner) {
            return; // it was read anew meanwhile
        }
        if (spool.isInherited(entry)) {
            counted.add(entry.id());
        }
        if (ticket != null) {
            spool.giveBack(entry, ticket);
        }
    }

    /** One of its contents has ended; whoever has no other is forgotten. */
    void ended(SpooledOwner owner) {
        owners.computeIfPresent(
                owner.id(), (id, known) -> known == owner && known.isIdle() ? null : known);
    }
}
