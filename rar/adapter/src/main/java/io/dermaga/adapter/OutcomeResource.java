package io.dermaga.adapter;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * Learns how the transaction of a delivery ended: {@code setRollbackOnly} raises no exception, only
 * a resource that takes part is told. It keeps nothing itself; what waits in the spool takes part
 * through it. Confined to the worker that delivers.
 */
final class OutcomeResource implements XAResource {

    private boolean rolledBack;
    private @Nullable XAResource branch;

    /**
     * Before a delivery.
     *
     * @param spooled the part of the spool in its transaction; null if it has none
     */
    void begin(@Nullable XAResource spooled) {
        rolledBack = false;
        branch = spooled;
    }

    boolean isRolledBack() {
        return rolledBack;
    }

    @Override
    public void start(Xid xid, int flags) {
        // the outcome follows
    }

    @Override
    public void end(Xid xid, int flags) {
        // the outcome follows
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        try {
            return branch == null ? XA_OK : branch.prepare(xid);
        } catch (XAException e) {
            rolledBack = true; // whoever refuses to prepare is not told of the rollback
            throw e;
        }
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        rolledBack = false;
        if (branch != null) {
            branch.commit(xid, onePhase);
        }
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        rolledBack = true;
        if (branch != null) {
            branch.rollback(xid);
        }
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
