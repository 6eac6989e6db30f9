package io.dermaga.bench.application;

import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Takes part in a transaction as a database would, at no cost of its own. */
final class SecondResource implements XAResource {

    private static final TransactionManager TRANSACTIONS = lookUp();

    @SuppressWarnings("BanJNDI") // a fixed name, on the server itself
    private static TransactionManager lookUp() {
        try {
            return InitialContext.doLookup("java:appserver/TransactionManager");
        } catch (NamingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes part in the transaction of this thread. */
    static void enlist() {
        try {
            TRANSACTIONS.getTransaction().enlistResource(new SecondResource());
        } catch (RollbackException | SystemException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void start(Xid xid, int flags) {
        // nothing is kept
    }

    @Override
    public void end(Xid xid, int flags) {
        // nothing is kept
    }

    @Override
    public int prepare(Xid xid) {
        return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) {
        // nothing is kept
    }

    @Override
    public void rollback(Xid xid) {
        // nothing is kept
    }

    @Override
    public void forget(Xid xid) {
        // nothing is kept
    }

    @Override
    public Xid[] recover(int flag) {
        return new Xid[0];
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
