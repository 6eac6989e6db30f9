package io.dermaga.adapter;

import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Learns how the transaction of a delivery ended: {@code setRollbackOnly} raises no exception, only
 * a resource that takes part is told. It keeps nothing, so that there is nothing to recover.
 * Confined to the worker that delivers.
 */
final class OutcomeResource implements XAResource {

    private boolean rolledBack;

    /** Before a delivery. */
    void begin() {
        rolledBack = false;
    }

    boolean isRolledBack() {
        return rolledBack;
    }

    @Override
    public void start(Xid xid, int flags) {
        // what is delivered is not changed by the transaction
    }

    @Override
    public void end(Xid xid, int flags) {
        // the outcome follows
    }

    @Override
    public int prepare(Xid xid) {
        return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) {
        rolledBack = false;
    }

    @Override
    public void rollback(Xid xid) {
        rolledBack = true;
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
