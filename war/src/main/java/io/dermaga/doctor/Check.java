package io.dermaga.doctor;

/** What is looked at, in the order in which it is shown. */
public enum Check {
    /** The adapter is there, and of the version of the dashboard. */
    ADAPTER,
    /** Whether applications beside this one can use the adapter. */
    VISIBILITY,
    /** Listeners are open. */
    LISTENERS,
    /** Certificates are valid, and will be. */
    CERTIFICATES,
    /** What is accepted durably is stored. */
    SPOOL,
    /** Connections wait in the backlog that was asked for. */
    BACKLOG,
    /** Sockets are served by the operating system's own means. */
    TRANSPORT,
    /** The process may open as many files as there may be connections. */
    DESCRIPTORS,
    /** The memory for payloads exists. */
    MEMORY,
    /** The container gives threads. */
    THREADS,
    /** The container gives instances of beans, and takes the adapter's work. */
    POOLS,
    /** A transaction begins and ends. */
    TRANSACTIONS,
    /** The wall clock goes as fast as time. */
    CLOCK,
    /** The data directory is there and has room. */
    DATA,
    /** What happens is written to the history. */
    HISTORY,
    /** The spans of payloads are taken, if somebody should take them. */
    TRACES,
    /** People can log in at the identity provider. */
    IDENTITY_PROVIDER,
    /** Passwords and contents come to the reader encrypted. */
    ENCRYPTION
}
