package io.dermaga.engine.settings;

/** How sockets are served. */
public enum TransportKind {
    /** Epoll where it is available, else NIO. */
    AUTO,
    /** Linux epoll, native. */
    EPOLL,
    /** Linux io_uring, native. */
    IO_URING,
    /** Java NIO, everywhere. */
    NIO
}
