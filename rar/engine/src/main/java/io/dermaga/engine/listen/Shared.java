package io.dermaga.engine.listen;

import io.dermaga.engine.deadletter.DeadLetterStore;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.SpillStore;
import io.dermaga.engine.recording.Recorder;
import io.dermaga.engine.settings.TraceSettings;
import io.dermaga.engine.spool.Spool;
import io.dermaga.engine.tls.TlsThreads;
import java.util.function.Supplier;

/**
 * What all listeners of the adapter share.
 *
 * @param transport event loops
 * @param feed of messages and events
 * @param budget bytes in memory
 * @param spillStore disk space
 * @param deadLetters payloads that are given up
 * @param spool where payloads wait durably
 * @param tlsThreads on which handshakes compute
 * @param recorder of what connections say
 * @param traces which payloads are traced
 * @param connectionIds gives the next id
 */
public record Shared(
        Transport transport,
        Feed feed,
        ByteBudget budget,
        SpillStore spillStore,
        DeadLetterStore deadLetters,
        Spool spool,
        TlsThreads tlsThreads,
        Recorder recorder,
        TraceSettings traces,
        Supplier<String> connectionIds) {}
