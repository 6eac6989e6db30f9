package io.dermaga.it.warmup;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Payara Server keeps the class loader of the application in whose first global transaction its
 * recovery thread is made, whatever application that is. This one takes that place.
 */
@Singleton
@Startup
public class FirstTransaction {

    @Resource(lookup = "java:appserver/TransactionManager")
    private TransactionManager manager;

    @PostConstruct
    void transact() {
        try {
            manager.getTransaction().enlistResource(new Nothing());
        } catch (SystemException | RollbackException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A resource without anything in it. */
    private static final class Nothing implements XAResource {

        @Override
        public void commit(Xid xid, boolean onePhase) {
            // nothing
        }

        @Override
        public void end(Xid xid, int flags) {
            // nothing
        }

        @Override
        public void forget(Xid xid) {
            // nothing
        }

        @Override
        public int getTransactionTimeout() {
            return 0;
        }

        @Override
        public boolean isSameRM(XAResource other) {
            return other == this;
        }

        @Override
        public int prepare(Xid xid) {
            return XA_OK;
        }

        @Override
        public Xid[] recover(int flag) {
            return new Xid[0];
        }

        @Override
        public void rollback(Xid xid) {
            // nothing
        }

        @Override
        public boolean setTransactionTimeout(int seconds) {
            return false;
        }

        @Override
        public void start(Xid xid, int flags) {
            // nothing
        }
    }
}
