package io.dermaga.engine.spool;

import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * The spool's part in the transaction of a delivery. If the transaction has two phases, a marker
 * that tells how far the entries are done is prepared and committed with it, so that after a crash
 * they are delivered again exactly if the rest of the transaction was rolled back. With one phase
 * nothing is written: what is done is simply removed, and after a crash in between comes again.
 * Used for one transaction; on whatever threads the transaction manager likes.
 */
public final class DeliveryBranch implements XAResource {

    private final Transactions transactions;
    private final List<Delivered> delivered;
    private volatile @Nullable Xid prepared;

    DeliveryBranch(Transactions transactions, List<Delivered> delivered) {
        this.transactions = transactions;
        this.delivered = List.copyOf(delivered);
    }

    @Override
    public void start(Xid xid, int flags) {}

    @Override
    public void end(Xid xid, int flags) {}

    /**
     * @throws XAException {@link XAException#XA_RBROLLBACK} if the marker cannot be kept
     */
    @Override
    public int prepare(Xid xid) throws XAException {
        transactions.prepare(xid, delivered);
        prepared = xid;
        return XA_OK;
    }

    /**
     * @throws XAException {@link XAException#XAER_RMFAIL} if the broker is away: what was prepared
     *     stays so until {@link Spool#recoveryResource()} is asked to commit it
     */
    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        if (!onePhase) {
            transactions.commit(xid);
            delivered.forEach(one -> one.entry().marked());
        }
        for (Delivered one : delivered) {
            if (one.isWhole()) {
                one.entry().done();
            }
        }
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        if (prepared != null) {
            transactions.rollback(xid);
        }
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return (flag & TMSTARTRSCAN) == 0 ? new Xid[0] : transactions.recover();
    }

    @Override
    public void forget(Xid xid) {}

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
