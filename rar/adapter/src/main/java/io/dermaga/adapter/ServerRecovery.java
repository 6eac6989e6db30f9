package io.dermaga.adapter;

import java.io.IOException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.transaction.xa.XAResource;

/**
 * Shows a resource to the recovery of Payara and GlassFish. They ask adapters for it as the
 * specification says, but drop the answer ({@code InboundRecoveryHandler} collects into a list that
 * nobody reads). Other servers have nothing to register at, and need it not.
 */
final class ServerRecovery implements AutoCloseable {

    private static final String TRANSACTION_MANAGER = "java:appserver/TransactionManager";
    private static final String REGISTER = "registerRecoveryResourceHandler";

    private final AutoCloseable shown;

    private ServerRecovery(AutoCloseable shown) {
        this.shown = shown;
    }

    /** The server keeps what it is shown until it ends itself; closed, it has nothing more. */
    @SuppressWarnings("BanJNDI") // no peer has any part in the name
    static ServerRecovery register(XAResource resource) {
        try {
            Object manager = new InitialContext().lookup(TRANSACTION_MANAGER);
            XAResource shown = DetachableResource.of(resource);
            manager.getClass().getMethod(REGISTER, XAResource.class).invoke(manager, shown);
            return new ServerRecovery((AutoCloseable) shown);
        } catch (NamingException | ReflectiveOperationException | IOException another) {
            return new ServerRecovery(() -> {});
        }
    }

    @Override
    public void close() {
        try {
            shown.close();
        } catch (Exception never) {
            throw new IllegalStateException(never);
        }
    }
}
