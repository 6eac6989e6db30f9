package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.MessageRecord.Outcome;

/** A message that no bean was called with. */
public interface DiscardedMessage extends FinishedMessages {

    /** Why: numbered, one sentence, escaped. */
    String why();

    @Override
    default int count() {
        return 1;
    }

    @Override
    default long calledNanos(int index) {
        return 0;
    }

    @Override
    default int attempts(int index) {
        return 0;
    }

    @Override
    default Outcome outcome(int index) {
        return Outcome.DISCARDED;
    }

    @Override
    default String error(int index) {
        return why();
    }
}
