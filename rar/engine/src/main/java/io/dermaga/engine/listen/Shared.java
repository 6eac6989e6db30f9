package io.dermaga.engine.listen;

import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.SpillStore;
import java.util.function.Supplier;

/**
 * What all listeners of the adapter share.
 *
 * @param transport event loops
 * @param feed of messages and events
 * @param budget bytes in memory
 * @param spillStore disk space
 * @param connectionIds gives the next id
 */
public record Shared(
        Transport transport,
        Feed feed,
        ByteBudget budget,
        SpillStore spillStore,
        Supplier<String> connectionIds) {}
