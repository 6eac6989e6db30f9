package io.dermaga.engine.lane;

import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** What a bean is given: takes part in the transaction of its delivery if it waits durably. */
public interface Enlisted {

    /** Its part in one transaction, for one delivery; null if it has none. */
    @Nullable XAResource branch();
}
