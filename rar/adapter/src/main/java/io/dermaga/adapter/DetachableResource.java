package io.dermaga.adapter;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * A resource for somebody who keeps it longer than the adapter lives: it has a class loader of its
 * own, which knows nothing of the adapter's. When it is closed it is one without branches. For
 * recovery alone; takes part in no transaction.
 */
public final class DetachableResource implements XAResource, AutoCloseable {

    private volatile @Nullable XAResource target;

    public DetachableResource(XAResource target) {
        this.target = target;
    }

    /** One that shows the target; an {@link AutoCloseable}, too, but no instance of this class. */
    static XAResource of(XAResource target) throws ReflectiveOperationException, IOException {
        Class<?> here = DetachableResource.class;
        URL[] place = {here.getProtectionDomain().getCodeSource().getLocation()};
        try (URLClassLoader own = new URLClassLoader(place, XAResource.class.getClassLoader())) {
            return (XAResource)
                    own.loadClass(here.getName())
                            .getConstructor(XAResource.class)
                            .newInstance(target);
        }
    }

    @Override
    public void close() {
        target = null;
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        XAResource now = target;
        return now == null ? new Xid[0] : now.recover(flag);
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        attached().commit(xid, onePhase);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        attached().rollback(xid);
    }

    @Override
    public void forget(Xid xid) throws XAException {
        attached().forget(xid);
    }

    private XAResource attached() throws XAException {
        XAResource now = target;
        if (now == null) {
            throw new XAException(XAException.XAER_RMFAIL);
        }
        return now;
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        throw new XAException(XAException.XAER_PROTO);
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        throw new XAException(XAException.XAER_PROTO);
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        throw new XAException(XAException.XAER_PROTO);
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }
}
