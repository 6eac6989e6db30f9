package io.dermaga.engine.listen;

import io.dermaga.engine.settings.TransportKind;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.TimeUnit;

/** The event loops that serve all sockets of the adapter, and their buffers. */
public final class Transport implements AutoCloseable {

    /** A pool of chunks of 1 MiB: what is pinned by a slow lane is small. */
    private static final int PAGE_BYTES = 8192;

    private static final int CHUNK_ORDER = 7;

    private final String name;
    private final EventLoopGroup group;
    private final Class<? extends ServerChannel> serverChannel;
    private final PooledByteBufAllocator allocator;

    private Transport(
            String name,
            int threads,
            IoHandlerFactory factory,
            Class<? extends ServerChannel> serverChannel) {
        this.name = name;
        this.serverChannel = serverChannel;
        this.group =
                new MultiThreadIoEventLoopGroup(
                        threads, new DefaultThreadFactory("dermaga-io", true), factory);
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
            return new Transport(
                    "epoll", threads, HalfOpenEpoll.newFactory(), EpollServerSocketChannel.class);
        }
        if (kind == TransportKind.EPOLL) {
            throw unavailable("epoll", Epoll.unavailabilityCause());
        }
        if (kind == TransportKind.IO_URING) {
            if (!IoUring.isAvailable()) {
                throw unavailable("io_uring", IoUring.unavailabilityCause());
            }
            return new Transport(
                    "io_uring",
                    threads,
                    IoUringIoHandler.newFactory(),
                    IoUringServerSocketChannel.class);
        }
        return new Transport(
                "nio", threads, NioIoHandler.newFactory(), NioServerSocketChannel.class);
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
        return name;
    }

    public EventLoopGroup group() {
        return group;
    }

    Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
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
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
        try {
            GlobalEventExecutor.INSTANCE.awaitInactivity(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // it never started
        }
    }
}
