package io.dermaga.adapter;

import java.io.IOException;
import java.util.concurrent.Callable;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * Shows a resource to the recovery of Payara and GlassFish, and makes them recover. They ask
 * adapters for it as the specification says, but drop the answer ({@code InboundRecoveryHandler}
 * collects into a list that nobody reads), and may recover before an adapter is there. Of other
 * servers nothing is wanted.
 */
final class ServerRecovery implements AutoCloseable {

    private static final String TRANSACTION_MANAGER = "java:appserver/TransactionManager";
    private static final String REGISTER = "registerRecoveryResourceHandler";
    private static final String SERVICES = "org.glassfish.internal.api.Globals";
    private static final String RECOVERY =
            "com.sun.enterprise.transaction.api.ResourceRecoveryManager";

    private final @Nullable Object manager;
    private final @Nullable XAResource shown;

    private ServerRecovery(@Nullable Object manager, @Nullable XAResource shown) {
        this.manager = manager;
        this.shown = shown;
    }

    /**
     * The server keeps what it is shown until it ends itself; closed, it has nothing more.
     *
     * @param resource null if there is nothing to show
     */
    @SuppressWarnings("BanJNDI") // no peer has any part in the name
    static ServerRecovery of(@Nullable XAResource resource) {
        try {
            Object manager = new InitialContext().lookup(TRANSACTION_MANAGER);
            if (resource == null) {
                return new ServerRecovery(manager, null);
            }
            XAResource shown = DetachableResource.of(resource);
            manager.getClass().getMethod(REGISTER, XAResource.class).invoke(manager, shown);
            return new ServerRecovery(manager, shown);
        } catch (NamingException | ReflectiveOperationException | IOException another) {
            return new ServerRecovery(null, null);
        }
    }

    /**
     * Makes the server end what all its resources have prepared, if it is set to recover at all and
     * has not done it. Until then it begins no transaction with two phases. Blocks.
     *
     * @param left asked then: whether there is something in the resource all the same, which
     *     belongs to no transaction that the server knows of; it is rolled back
     */
    void run(Callable<Boolean> left) {
        if (manager == null) {
            return;
        }
        try {
            ClassLoader server = manager.getClass().getClassLoader();
            Class<?> recovery = Class.forName(RECOVERY, true, server);
            Class.forName(SERVICES, true, server)
                    .getMethod("get", Class.class)
                    .invoke(null, recovery); // recovers when it is made, once
            if (shown != null && left.call()) {
                manager.getClass()
                        .getMethod("recover", XAResource[].class)
                        .invoke(manager, (Object) new XAResource[] {shown});
            }
        } catch (Exception another) {
            // it recovers when it is time for it; what waits for it says so
        }
    }

    @Override
    public void close() {
        if (shown instanceof AutoCloseable detachable) {
            try {
                detachable.close();
            } catch (Exception never) {
                throw new IllegalStateException(never);
            }
        }
    }
}
