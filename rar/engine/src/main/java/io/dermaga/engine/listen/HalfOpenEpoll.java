package io.dermaga.engine.listen;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Epoll for connections that live on after the peer has ended its side. Differs from Netty's in two
 * ways (docs/adr/0007):
 *
 * <ul>
 *   <li>The end of the peer is noticed by reading, not by EPOLLRDHUP: on that event Netty reads all
 *       that the kernel holds, whether the connection is to be read or not.
 *   <li>A socket that waits for nothing stays known to epoll, edge-triggered: Netty 4.2.18 removes
 *       it and then fails to wait for room to write (ENOENT).
 * </ul>
 */
final class HalfOpenEpoll implements IoHandler {

    /** EPOLLET alone (epoll_ctl(2)): errors and hang-ups are told once. */
    private static final EpollIoOps NOTHING = EpollIoOps.EPOLLET;

    private final IoHandler epoll;

    private HalfOpenEpoll(IoHandler epoll) {
        this.epoll = epoll;
    }

    static IoHandlerFactory newFactory() {
        IoHandlerFactory epoll = EpollIoHandler.newFactory();
        return executor -> new HalfOpenEpoll(epoll.newHandler(executor));
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return new Registration(epoll.register(handle));
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return epoll.run(context);
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return epoll.isCompatible(handleType);
    }

    /** What one socket waits for. */
    private static final class Registration implements IoRegistration {

        private final IoRegistration registration;

        /** Netty has submitted something. */
        private boolean submitted;

        Registration(IoRegistration registration) {
            this.registration = registration;
        }

        /**
         * The first submission of a connection is "nothing", before it begins to read: Netty keeps
         * it from epoll then, which saves a system call. Later, nothing is {@link #NOTHING}.
         */
        @Override
        public long submit(IoOps wanted) {
            EpollIoOps ops = ((EpollIoOps) wanted).without(EpollIoOps.EPOLLRDHUP);
            boolean later = submitted;
            submitted = true;
            return registration.submit(later && ops.equals(EpollIoOps.NONE) ? NOTHING : ops);
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // as Netty declares it
        public <T> T attachment() {
            return registration.attachment();
        }

        @Override
        public boolean isValid() {
            return registration.isValid();
        }

        @Override
        public boolean cancel() {
            return registration.cancel();
        }
    }
}
