package io.dermaga.engine.spool;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Ends branches that are prepared; takes part in no transaction. */
final class RecoveryResource implements XAResource {

    private final Transactions transactions;

    RecoveryResource(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return (flag & TMSTARTRSCAN) == 0 ? new Xid[0] : transactions.recover();
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        transactions.commit(xid);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        transactions.rollback(xid);
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
    public void forget(Xid xid) {}

    @Override
    public boolean isSameRM(XAResource other) {
        return other instanceof RecoveryResource one && one.transactions == transactions;
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
