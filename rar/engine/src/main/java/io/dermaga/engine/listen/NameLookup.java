package io.dermaga.engine.listen;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Finds the addresses of hosts. Names are looked up on threads of its own, since the system's
 * resolver may block for many seconds; there are none while there is nothing to do.
 */
final class NameLookup implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int IDLE_SECONDS = 5;

    /** An address, and the host that has it. */
    record Found(String host, InetAddress address) {}

    /** A host that has no address here. */
    static final class UnknownNameException extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        private final String host;

        UnknownNameException(String host) {
            super(host);
            this.host = host;
        }

        String host() {
            return host;
        }
    }

    private final ThreadPoolExecutor threads;

    NameLookup() {
        DefaultThreadFactory factory = new DefaultThreadFactory("dermaga-names", true);
        this.threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(), // one task for each listener and dialed one
                        task -> {
                            Thread thread = factory.newThread(task);
                            // not that of an application
                            thread.setContextClassLoader(NameLookup.class.getClassLoader());
                            return thread;
                        });
        this.threads.allowCoreThreadTimeOut(true);
    }

    /**
     * All addresses of the hosts, in their order. The answer comes on any thread; after {@link
     * #close} there is none.
     */
    CompletableFuture<List<Found>> all(List<String> hosts) {
        CompletableFuture<List<Found>> answer = new CompletableFuture<>();
        if (hosts.stream().allMatch(NameLookup::isAddress)) {
            answer(answer, hosts);
            return answer;
        }
        try {
            threads.execute(() -> answer(answer, hosts));
        } catch (RejectedExecutionException e) {
            // the engine is being closed
        }
        return answer;
    }

    /**
     * Of the addresses of each host the first, none twice.
     *
     * @param ipv6Only whether others do not count
     * @throws UnknownNameException if a host has none
     */
    static List<Found> firsts(List<String> hosts, List<Found> all, boolean ipv6Only)
            throws UnknownNameException {
        Map<InetAddress, Found> firsts = new LinkedHashMap<>();
        for (String host : hosts) {
            Found first =
                    all.stream()
                            .filter(one -> one.host().equals(host))
                            .filter(one -> !ipv6Only || one.address() instanceof Inet6Address)
                            .findFirst()
                            .orElseThrow(() -> new UnknownNameException(host));
            firsts.putIfAbsent(first.address(), first);
        }
        return List.copyOf(firsts.values());
    }

    private static boolean isAddress(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }

    private static void answer(CompletableFuture<List<Found>> answer, List<String> hosts) {
        try {
            List<Found> found = new ArrayList<>();
            for (String host : hosts) {
                for (InetAddress address : addresses(host)) {
                    found.add(new Found(host, address));
                }
            }
            answer.complete(found);
        } catch (UnknownHostException e) {
            answer.completeExceptionally(e);
        }
    }

    private static InetAddress[] addresses(String host) throws UnknownHostException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            UnknownNameException unknown = new UnknownNameException(host);
            unknown.initCause(e);
            throw unknown;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
