package io.dermaga.engine.spool;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Ends branches that are prepared; takes part in no transaction. */
final class RecoveryResource implements XAResource {

    private final Spool spool;

    RecoveryResource(Spool spool) {
        this.spool = spool;
    }

    /**
     * @throws XAException {@link XAException#XAER_RMFAIL} if the spool cannot be started
     */
    @Override
    public Xid[] recover(int flag) throws XAException {
        return (flag & TMSTARTRSCAN) == 0 || !spool.isUsed()
                ? new Xid[0]
                : transactions().recover();
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        transactions().commit(xid);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        transactions().rollback(xid);
    }

    private Transactions transactions() throws XAException {
        try {
            return spool.transactions();
        } catch (SpoolException e) {
            XAException failed = new XAException(XAException.XAER_RMFAIL);
            failed.initCause(e);
            throw failed;
        }
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
        return other instanceof RecoveryResource one && one.spool == spool;
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
