package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What ends together: a whole listener that an operator stops, or what one of its beans serves when
 * that is undeployed. Any thread but an event loop.
 */
public final class Part {

    private final Listener listener;

    /** Whose connections; null: all. */
    private final @Nullable Consumer consumer;

    /** Whether what it has not delivered goes to others; of whoever ends it. */
    private boolean handedOver;

    Part(Listener listener, @Nullable Consumer consumer) {
        this.listener = listener;
        this.consumer = consumer;
    }

    private boolean isLast() {
        return consumer == null || listener.consumers().isLast(consumer);
    }

    private Stream<TcpConnection> connections() {
        return listener.connections().stream().filter(one -> isOf(one.consumer()));
    }

    private Stream<Replay> replays() {
        return listener.replays().stream().filter(one -> isOf(one.consumer()));
    }

    private boolean isOf(Consumer one) {
        return consumer == null || consumer == one;
    }

    /** Reads no more from its connections, without waiting for it. */
    void hold() {
        connections().forEach(connection -> connection.hold(Hold.DRAIN));
    }

    /** Nothing of it waits for a bean and nothing is in one. */
    public boolean isQuiet() {
        ListenerSpool spool = listener.spool();
        return replays().findAny().isEmpty()
                && connections().allMatch(one -> one.lane().isQuiet())
                && (spool == null || isQuiet(spool));
    }

    private boolean isQuiet(ListenerSpool spool) {
        return consumer == null
                ? spool.isQuiet()
                : spool.copy(consumer).isQuiet(one -> one == consumer);
    }

    /**
     * Ends its connections after what is queued for them; after {@link #isQuiet()}. One that could
     * take the end for the answer to a payload that was not delivered is reset.
     */
    public void end() {
        connections().forEach(one -> one.endAndClose(CloseReason.LISTENER_CLOSED));
        closeSpool();
    }

    /** Discards what waits in its lanes and resets its connections. */
    public void close() {
        connections()
                .forEach(
                        connection -> {
                            connection.lane().discard();
                            connection.reset(CloseReason.LISTENER_CLOSED);
                        });
        replays().forEach(replay -> replay.lane().discard());
        closeSpool();
    }

    private void closeSpool() {
        Consumer one = consumer;
        boolean all = one == null || listener.consumers().ended(one);
        ListenerSpool spool = listener.spool();
        if (spool == null) {
            return;
        }
        if (all) {
            spool.close();
        } else if (one != null && !isLast() && !handedOver) {
            handedOver = true;
            spool.copy(one).handOver();
        }
    }

    /** Whether somebody else may bind the port; at once if beans are left that need it. */
    public boolean isPortFree() {
        return !isLast() || listener.isPortFree();
    }

    /** Says that it is closed. */
    public void stopped() {
        if (isLast()) {
            listener.stopped();
        }
    }

    /** Everything of it is delivered and closed. */
    public boolean isEmpty() {
        return connections().findAny().isEmpty() && replays().findAny().isEmpty();
    }
}
