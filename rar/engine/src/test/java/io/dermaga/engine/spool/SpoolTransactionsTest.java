package io.dermaga.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.core.transaction.impl.XidImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash between the phases of a transaction leaves behind. */
class SpoolTransactionsTest {

    private static final long BOUND = 1024 * 1024;

    private final Path directory;

    SpoolTransactionsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static Xid xid(int number) {
        return new XidImpl(new byte[] {1}, 7, new byte[] {(byte) number});
    }

    /** One entry of three payloads, handed over. */
    private static SpooledEntry entry(SpoolUnderTest under) {
        under.append("a", "x1", "x2", "x3");
        under.append("a", "x4");
        under.readAndKeep(BOUND);
        await().until(() -> under.entries.size() == 2);
        under.entries.forEach(entry -> entry.content().release());
        return under.entries.element();
    }

    private static DeliveryBranch begin(
            SpoolUnderTest under, SpooledEntry entry, int upTo, Xid xid) {
        DeliveryBranch branch = under.spool.branch(List.of(new Delivered(entry, upTo)));
        branch.start(xid, XAResource.TMNOFLAGS);
        branch.end(xid, XAResource.TMSUCCESS);
        return branch;
    }

    @Test
    void an_entry_that_was_wholly_done_in_two_phases_is_gone_and_its_mark_with_it()
            throws XAException {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            DeliveryBranch branch = begin(under, entry(under), 3, xid(1));
            assertThat(branch.prepare(xid(1))).isEqualTo(XAResource.XA_OK);
            branch.commit(xid(1), false);
            await().until(() -> under.queue().backlog() == 1);
        }
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            under.readAndDo();
            await().until(() -> under.received.size() == 1);
            assertThat(under.received).containsExactly("a.4 x4");
            await().until(() -> marksOf(under) == 0);
        }
    }

    @Test
    void an_entry_that_is_partly_done_begins_after_what_is() throws XAException {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            DeliveryBranch branch = begin(under, entry(under), 2, xid(1));
            branch.prepare(xid(1));
            branch.commit(xid(1), false);
        }
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            SpoolReader reader = under.readAndKeep(BOUND);
            await().until(() -> under.entries.size() == 2);
            SpooledEntry entry = under.entries.element();
            assertThat(entry.from()).isEqualTo(2);
            assertThat(entry.firstNumber()).isEqualTo(3);
            under.entries.forEach(one -> one.content().release());
            under.entries.forEach(SpooledEntry::done);
            await().until(() -> under.queue().backlog() == 0);
            await().until(() -> marksOf(under) == 0);
            assertThat(reader.held()).isZero();
        }
    }

    @Test
    void an_entry_whose_transaction_was_rolled_back_comes_again_from_its_beginning()
            throws XAException {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            DeliveryBranch branch = begin(under, entry(under), 3, xid(1));
            branch.prepare(xid(1));
            branch.rollback(xid(1));
        }
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            under.readAndKeep(BOUND);
            await().until(() -> under.entries.size() == 2);
            assertThat(under.entries).allMatch(entry -> entry.from() == 0);
            under.entries.forEach(one -> one.content().release());
        }
    }

    @Test
    void one_phase_writes_no_mark() throws XAException {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            begin(under, entry(under), 3, xid(1)).commit(xid(1), true);
            await().until(() -> under.queue().backlog() == 1);
            assertThat(marksOf(under)).isZero();
        }
    }

    @Test
    void nothing_is_handed_over_while_a_transaction_of_an_earlier_run_is_in_doubt()
            throws XAException {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            begin(under, entry(under), 3, xid(1)).prepare(xid(1));
        }
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            under.readAndDo();
            await().until(() -> under.spool.state().reason().startsWith("DMG4112 "));
            assertThat(under.received).isEmpty();

            XAResource recovery = under.spool.recoveryResource();
            Xid[] found = recovery.recover(XAResource.TMSTARTRSCAN);
            assertThat(found).containsExactly(xid(1));
            recovery.commit(found[0], false);
            await().until(() -> under.received.size() == 1);
            assertThat(under.received).containsExactly("a.4 x4");
            assertThat(recovery.recover(XAResource.TMSTARTRSCAN)).isEmpty();
            await().until(() -> under.spool.state().kind() == SpoolState.Kind.OK);
            await().until(() -> marksOf(under) == 0);
        }
    }

    @Test
    void a_transaction_in_doubt_that_is_rolled_back_leaves_its_entry() throws XAException {
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            begin(under, entry(under), 3, xid(1)).prepare(xid(1));
        }
        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            under.readAndDo();
            await().until(() -> under.spool.state().reason().startsWith("DMG4112 "));
            under.spool.recoveryResource().rollback(xid(1));
            await().until(() -> under.received.size() == 4);
        }
    }

    private static long marksOf(SpoolUnderTest under) {
        var server =
                java.util.Objects.requireNonNull(((EmbeddedBroker) under.spool.broker()).server());
        var queue = server.locateQueue(under.queue().marksAddress());
        return queue == null ? 0 : queue.getMessageCount();
    }
}
