package io.dermaga.engine.spool;

import io.dermaga.engine.settings.SpoolSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.jspecify.annotations.Nullable;

/**
 * Branches of distributed transactions at the broker. Called on threads of the container; each call
 * has a session for itself, because a branch is the broker's, not a session's. Thread-safe.
 */
final class Transactions implements AutoCloseable {

    /** What is done with a session. */
    private interface Work<T> {
        T with(ClientSession session) throws Exception;
    }

    private final Broker broker;
    private final SpoolSettings settings;
    private final Deque<ClientSession> idle = new ArrayDeque<>();
    private @Nullable Link link;

    Transactions(Broker broker, SpoolSettings settings) {
        this.broker = broker;
        this.settings = settings;
    }

    void prepare(Xid xid, List<Delivered> delivered) throws XAException {
        try {
            with(
                    session -> {
                        for (Delivered one : delivered) {
                            ensureMarks(session, one.entry().queue());
                        }
                        session.start(xid, XAResource.TMNOFLAGS);
                        for (Delivered one : delivered) {
                            SpooledEntry entry = one.entry();
                            entry.mark(one.upTo()).send(session, entry.queue());
                        }
                        session.end(xid, XAResource.TMSUCCESS);
                        session.prepare(xid);
                        return true;
                    });
        } catch (XAException e) {
            throw xaException(XAException.XA_RBROLLBACK, e);
        }
    }

    private synchronized void ensureMarks(ClientSession session, SpoolQueue queue)
            throws Exception {
        Link open = link;
        if (open != null) {
            open.ensureQueue(session, queue.marksAddress());
        }
    }

    void commit(Xid xid) throws XAException {
        with(
                session -> {
                    session.commit(xid, false);
                    return true;
                });
    }

    void rollback(Xid xid) throws XAException {
        with(
                session -> {
                    session.rollback(xid);
                    return true;
                });
    }

    /** All that are prepared. */
    Xid[] recover() throws XAException {
        return with(session -> session.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN));
    }

    /** An error says nothing about the session: another one is taken next. */
    private <T> T with(Work<T> work) throws XAException {
        ClientSession session = null;
        try {
            session = borrow();
            T result = work.with(session);
            giveBack(session);
            return result;
        } catch (XAException e) {
            drop(session, isBroken(e));
            throw e;
        } catch (Exception | LinkageError e) {
            drop(session, true);
            throw xaException(XAException.XAER_RMFAIL, e);
        }
    }

    private static boolean isBroken(XAException e) {
        return e.errorCode == XAException.XAER_RMFAIL
                || e.errorCode == XAException.XAER_RMERR
                || e.errorCode == XAException.XA_RETRY;
    }

    private static XAException xaException(int code, Throwable cause) {
        XAException exception = new XAException(code);
        exception.initCause(cause);
        return exception;
    }

    private synchronized ClientSession borrow() throws Exception {
        ClientSession session = idle.poll();
        if (session != null) {
            return session;
        }
        Link open = link;
        if (open == null) {
            open = Link.open(broker, settings);
            link = open;
        }
        return open.xaSession();
    }

    private synchronized void giveBack(ClientSession session) {
        idle.push(session);
    }

    private synchronized void drop(@Nullable ClientSession session, boolean withLink) {
        if (withLink) {
            close();
        } else if (session != null) {
            try {
                session.close();
            } catch (Exception e) {
                close();
            }
        }
    }

    @Override
    public synchronized void close() {
        Link open = link;
        link = null;
        idle.clear();
        if (open != null) {
            open.close();
        }
    }
}
