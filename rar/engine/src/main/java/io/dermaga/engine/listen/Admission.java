package io.dermaga.engine.listen;

import io.dermaga.api.monitor.Refusal;
import io.dermaga.engine.settings.AccessSettings;
import io.dermaga.engine.settings.AddressRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Who may connect to a listener, and who is connected. Thread-safe. */
final class Admission {

    private static final int NETWORK_BYTES = 8;

    private final int most;
    private final int mostPerAddress;
    private final List<AddressRange> proxies;
    private final AtomicInteger admitted = new AtomicInteger();
    private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private volatile Lists lists;

    /** Both are changed at once. */
    private record Lists(List<AddressRange> allow, List<AddressRange> deny) {

        boolean admits(InetAddress address) {
            boolean allowed = allow.isEmpty() || isIn(allow, address);
            return allowed && !isIn(deny, address);
        }
    }

    Admission(int maxConnections, AccessSettings settings) {
        this.most = maxConnections;
        this.mostPerAddress = settings.maxConnectionsPerAddress();
        this.proxies = settings.proxies();
        this.lists = new Lists(settings.allow(), settings.deny());
    }

    /** From now on others may connect. */
    void change(List<AddressRange> allow, List<AddressRange> deny) {
        lists = new Lists(List.copyOf(allow), List.copyOf(deny));
    }

    boolean allows(InetAddress address) {
        return lists.admits(address);
    }

    /** Whether a connection that has come may stay; a proxy that asks for itself may. */
    boolean admits(TcpConnection connection) {
        InetAddress counted = connection.countedAddress();
        return counted == null || allows(counted);
    }

    /** Whether a connection from there begins with a PROXY header. */
    boolean isProxy(InetAddress address) {
        return isIn(proxies, address);
    }

    /**
     * Books a place for a connection; for one of a trusted proxy {@link #enter} follows.
     *
     * @return why there is none; null if there is one
     */
    @Nullable Refusal take(InetAddress address) {
        boolean proxied = isProxy(address);
        if (!proxied && !allows(address)) {
            return Refusal.ACCESS;
        }
        if (admitted.incrementAndGet() > most) {
            admitted.decrementAndGet();
            return Refusal.MAX_CONNECTIONS;
        }
        if (!proxied && !count(address)) {
            admitted.decrementAndGet();
            return Refusal.MAX_CONNECTIONS_PER_ADDRESS;
        }
        return null;
    }

    /**
     * A trusted proxy tells who it is that has a place already.
     *
     * @return why it may not stay, and nothing is counted for the address; null if it may
     */
    @Nullable Refusal enter(InetAddress address) {
        if (!allows(address)) {
            return Refusal.ACCESS;
        }
        return count(address) ? null : Refusal.MAX_CONNECTIONS_PER_ADDRESS;
    }

    /**
     * A place is free again.
     *
     * @param counted the address that was counted; null if none was
     */
    void leave(@Nullable InetAddress counted) {
        admitted.decrementAndGet();
        if (counted != null) {
            leave(key(counted), byAddress);
        }
    }

    /** A place that {@link #take} has booked is not needed. */
    void giveBack(InetAddress address) {
        leave(isProxy(address) ? null : address);
    }

    private static void leave(InetAddress key, Map<InetAddress, Integer> byAddress) {
        byAddress.computeIfPresent(key, (same, open) -> open == 1 ? null : open - 1);
    }

    private boolean count(InetAddress address) {
        InetAddress key = key(address);
        Integer open = byAddress.merge(key, 1, Integer::sum);
        if (open > mostPerAddress) {
            leave(key, byAddress);
            return false;
        }
        return true;
    }

    /** A peer has a whole network of 64 bits to itself with IPv6 (RFC 6177). */
    static InetAddress key(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] network = Arrays.copyOf(address.getAddress(), 2 * NETWORK_BYTES);
        Arrays.fill(network, NETWORK_BYTES, network.length, (byte) 0);
        try {
            return InetAddress.getByAddress(network);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isIn(List<AddressRange> ranges, InetAddress address) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }
}
