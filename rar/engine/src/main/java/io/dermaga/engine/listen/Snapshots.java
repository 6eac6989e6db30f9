package io.dermaga.engine.listen;

import io.dermaga.api.ProxyHeader;
import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.EffectiveSetting;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.StageDepths;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.monitor.KernelQueues;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.monitor.WallClock;
import io.dermaga.engine.settings.ListenerSettings;
import io.dermaga.engine.settings.Setting;
import java.util.List;
import java.util.stream.Stream;

/** Describes listeners and connections as they are at one moment. */
public final class Snapshots {

    private Snapshots() {}

    /** A listener. */
    public static ListenerSnapshot of(Listener listener, KernelQueues queues) {
        return new ListenerSnapshot(
                listener.settings().name(),
                listener.activation(),
                listener.settings().host(),
                listener.port(),
                listener.settings().framing().text(),
                listener.state(),
                listener.error(),
                listener.connectionCount(),
                listener.settings().limits().maxConnections(),
                listener.counters().snapshot(),
                stages(listener, queues),
                listener.counters().latencySnapshot(),
                listener.consumers().workers(),
                listener.consumers().concurrency(),
                listener.backPressure(),
                listener.budget().used(),
                listener.budget().limit(),
                listener.copies(),
                listener.certificates(),
                settings(listener));
    }

    /** Without a group where each activation has its own. */
    private static List<EffectiveSetting> settings(Listener listener) {
        ListenerSettings settings = listener.settings();
        return settings.effective().stream()
                .filter(
                        one ->
                                settings.delivery().copies().isEmpty()
                                        || !one.name().equals(Setting.GROUP.property()))
                .map(listener.operations()::inForce)
                .toList();
    }

    private static StageDepths stages(Listener listener, KernelQueues queues) {
        ListenerCounters counters = listener.counters();
        long kernel = queues.known() ? 0 : -1;
        long writing = 0;
        long inBeanPayloads = 0;
        long inBeanBytes = 0;
        for (TcpConnection connection : listener.connections()) {
            if (queues.known()) {
                kernel += kernelBytes(connection, queues);
            }
            writing += connection.queuedBytes();
        }
        for (Lane lane : listener.lanes()) {
            inBeanPayloads += lane.inBeanPayloads();
            inBeanBytes += lane.inBeanBytes();
        }
        long spilled = counters.assemblingSpilledBytes.sum();
        return new StageDepths(
                kernel,
                Math.max(0, counters.assemblingBytes.sum() - spilled),
                spilled,
                listener.spoolEntries(),
                counters.lanePayloads(inBeanPayloads),
                counters.laneBytes(inBeanBytes),
                inBeanPayloads,
                inBeanBytes,
                writing);
    }

    private static long kernelBytes(TcpConnection connection, KernelQueues queues) {
        return queues.bytes(connection.localAddress(), connection.channel().remoteAddress());
    }

    /** The connections of a listener. */
    public static Stream<ConnectionSnapshot> connections(Listener listener, KernelQueues queues) {
        return listener.connections().stream().map(connection -> of(connection, queues));
    }

    private static ConnectionSnapshot of(TcpConnection connection, KernelQueues queues) {
        ConnectionHandler handler = connection.handler();
        return new ConnectionSnapshot(
                connection.id(),
                connection.listener(),
                connection.remoteAddress(),
                connection.localAddress(),
                connection.state(),
                connection.holds(),
                connection.openedAt(),
                WallClock.at(handler.deadlines().lastReadNanos()),
                connection.bytesRead(),
                connection.bytesWritten(),
                handler.payloads(),
                connection.lane().payloads(),
                kernelBytes(connection, queues),
                handler.assemblingBytes(),
                connection.lane().bytes(),
                connection.queuedBytes(),
                TlsFacts.snapshot(connection.tls()),
                connection.proxy().map(ProxyHeader::proxy).orElse(null));
    }
}
