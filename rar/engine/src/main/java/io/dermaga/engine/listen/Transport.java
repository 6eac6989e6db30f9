package io.dermaga.engine.listen;

import io.dermaga.engine.settings.ListenerSettings;
import io.dermaga.engine.settings.TransportKind;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The event loops that serve all sockets of the adapter, and their buffers. */
public final class Transport implements AutoCloseable {

    private static final int PAGE_BYTES = 8192;

    /**
     * Chunks of 4 MiB (a page times 2^9). A chunk that is empty is freed, and the JVM zeroes each
     * new one: with chunks of 1 MiB that happened for nearly every large payload.
     */
    private static final int CHUNK_ORDER = 9;

    private final Sockets sockets;
    private final EventLoopGroup group;
    private final PooledByteBufAllocator allocator;
    private final List<Loop> loops = new ArrayList<>();
    private final ScheduledThreadPoolExecutor timer;
    private final NameLookup names = new NameLookup();

    private Transport(Sockets sockets, int threads, IoHandlerFactory factory) {
        this.sockets = sockets;
        this.group =
                new MultiThreadIoEventLoopGroup(
                        threads, new DefaultThreadFactory("dermaga-io", true), factory);
        this.timer =
                new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("dermaga-timer", true));
        this.timer.setRemoveOnCancelPolicy(true);
        this.timer.prestartCoreThread(); // here, so that it inherits no application's class loader
        this.timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.group.forEach(executor -> loops.add(new Loop((EventLoop) executor, timer)));
        this.allocator =
                new PooledByteBufAllocator(
                        true, 0, threads, PAGE_BYTES, CHUNK_ORDER, 64, 32, false);
    }

    /**
     * Opens the transport.
     *
     * @throws IllegalStateException DMG1006 if the one asked for is not available here
     */
    public static Transport open(TransportKind kind, int threads) {
        boolean epoll = kind == TransportKind.AUTO || kind == TransportKind.EPOLL;
        if (epoll && Epoll.isAvailable()) {
            return new Transport(Sockets.epoll(), threads, HalfOpenEpoll.newFactory());
        }
        if (kind == TransportKind.EPOLL) {
            throw unavailable("epoll", Epoll.unavailabilityCause());
        }
        if (kind == TransportKind.IO_URING) {
            if (!IoUring.isAvailable()) {
                throw unavailable("io_uring", IoUring.unavailabilityCause());
            }
            return new Transport(Sockets.ioUring(), threads, IoUringIoHandler.newFactory());
        }
        return new Transport(Sockets.nio(), threads, NioIoHandler.newFactory());
    }

    private static IllegalStateException unavailable(String name, Throwable cause) {
        return new IllegalStateException(
                "DMG1006 property 'dermaga.adapter.transport': given '"
                        + name
                        + "', which is not available here ("
                        + cause
                        + "), allowed: auto, nio",
                cause);
    }

    /** {@code epoll}, {@code io_uring} or {@code nio}. */
    public String name() {
        return sockets.transport();
    }

    /** What is set of a listener that this transport does not have, a sentence each. */
    public List<String> problems(ListenerSettings settings) {
        return sockets.options().problems(settings);
    }

    public EventLoopGroup group() {
        return group;
    }

    /**
     * What is to happen later, on a thread of its own: an event loop with a timer programs the
     * clock of its core each time when it waits. Tasks must not block.
     */
    public ScheduledExecutorService timer() {
        return timer;
    }

    /** The loop of a channel. */
    Loop loop(EventLoop eventLoop) {
        for (int i = 0; i < loops.size(); i++) {
            if (loops.get(i).is(eventLoop)) {
                return loops.get(i);
            }
        }
        throw new IllegalArgumentException("not of this transport: " + eventLoop);
    }

    NameLookup names() {
        return names;
    }

    Sockets sockets() {
        return sockets;
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    /** Direct memory that the pool has reserved. */
    public long directUsed() {
        return allocator.metric().usedDirectMemory();
    }

    /** Heap that the pool has reserved. */
    public long heapUsed() {
        return Math.max(0, allocator.metric().usedHeapMemory());
    }

    /** Ends the event loops and waits until their threads are gone, for at most ten seconds. */
    @Override
    public void close() {
        timer.shutdownNow();
        names.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
        try {
            timer.awaitTermination(5, TimeUnit.SECONDS);
            GlobalEventExecutor.INSTANCE.awaitInactivity(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // it never started
        }
    }
}
