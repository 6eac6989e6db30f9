package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.settings.TlsMode;

/**
 * A bean answers a command to encrypt its connection. The peer cannot have sent anything on purpose
 * since that command: in plain text it could be an attacker's, and would be taken for encrypted
 * (CVE-2011-0411).
 */
final class StartTls {

    private StartTls() {}

    /**
     * Answers in plain text and encrypts all that follows. Any thread; the command is one of the
     * payloads that this thread delivers, or was delivered before.
     *
     * @throws IllegalStateException DMG3010 if the connection cannot be encrypted
     */
    static void command(TcpConnection connection, byte[] answer) {
        TlsMode mode = connection.settings().tls().mode();
        if (mode != TlsMode.STARTTLS || connection.isEncrypted()) {
            throw new IllegalStateException(
                    "DMG3010 connection %s on listener '%s' cannot be encrypted by startTls: %s"
                            .formatted(
                                    connection.id(),
                                    connection.listener(),
                                    connection.isEncrypted()
                                            ? "it is encrypted already"
                                            : "tls=" + mode + ", allowed: STARTTLS"));
        }
        ConnectionHandler handler = connection.handler();
        Lane lane = connection.lane();
        long before = handler.takenBytes(); // first: what is taken later is noticed below
        boolean delivering = lane.isDrainedBy(Thread.currentThread());
        boolean more = delivering ? lane.hasMore() : !lane.isQuiet();
        int commands = delivering ? 1 : 0;
        connection.execute(
                () -> {
                    boolean injected =
                            more
                                    || handler.takenBytes() != before
                                    || handler.intake().inFrame()
                                    || lane.payloads() > commands;
                    begin(connection, answer, injected);
                });
    }

    private static void begin(TcpConnection connection, byte[] answer, boolean injected) {
        if (connection.state() != ConnectionState.OPEN) {
            return;
        }
        if (injected) {
            connection.reports().injected(connection);
            connection.reset(CloseReason.HANDSHAKE_FAILED);
            return;
        }
        connection.write(answer);
        connection.handler().deadlines().read(System.nanoTime());
        connection.upgrade();
    }
}
