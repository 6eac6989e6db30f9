package io.dermaga.adapter;

import java.io.IOException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * Shows a resource to the recovery of Payara and GlassFish, and sees to it that it is recovered.
 * They ask adapters for it as the specification says, but drop the answer ({@code
 * InboundRecoveryHandler} collects into a list that nobody reads), and may recover before an
 * adapter is there. Other servers have nothing to register at, and need it not.
 */
final class ServerRecovery implements AutoCloseable {

    private static final String TRANSACTION_MANAGER = "java:appserver/TransactionManager";
    private static final String REGISTER = "registerRecoveryResourceHandler";
    private static final String SERVICES = "org.glassfish.internal.api.Globals";
    private static final String RECOVERY =
            "com.sun.enterprise.transaction.api.ResourceRecoveryManager";

    private final @Nullable Object manager;
    private final XAResource shown;

    private ServerRecovery(@Nullable Object manager, XAResource shown) {
        this.manager = manager;
        this.shown = shown;
    }

    /** The server keeps what it is shown until it ends itself; closed, it has nothing more. */
    @SuppressWarnings("BanJNDI") // no peer has any part in the name
    static ServerRecovery register(XAResource resource) {
        try {
            Object manager = new InitialContext().lookup(TRANSACTION_MANAGER);
            XAResource shown = DetachableResource.of(resource);
            manager.getClass().getMethod(REGISTER, XAResource.class).invoke(manager, shown);
            return new ServerRecovery(manager, shown);
        } catch (NamingException | ReflectiveOperationException | IOException another) {
            return new ServerRecovery(null, new DetachableResource(resource));
        }
    }

    /**
     * Makes the server recover what all its resources have prepared, unless it has done that. If it
     * is set to recover at all. Blocks until it is done.
     *
     * @param alone whether nobody else has transactions in the resource: what is left in it then
     *     belongs to none that the server knows of, and is rolled back
     */
    void run(boolean alone) {
        if (manager == null) {
            return;
        }
        try {
            ClassLoader server = manager.getClass().getClassLoader();
            Class<?> recovery = Class.forName(RECOVERY, true, server);
            Class.forName(SERVICES, true, server)
                    .getMethod("get", Class.class)
                    .invoke(null, recovery); // recovers when it is made, once
            if (alone) {
                manager.getClass()
                        .getMethod("recover", XAResource[].class)
                        .invoke(manager, (Object) new XAResource[] {shown});
            }
        } catch (ReflectiveOperationException another) {
            // it recovers when it is time for it
        }
    }

    @Override
    public void close() {
        try {
            ((AutoCloseable) shown).close();
        } catch (Exception never) {
            throw new IllegalStateException(never);
        }
    }
}
