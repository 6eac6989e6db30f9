package io.dermaga.engine.spool;

import io.dermaga.engine.settings.SpoolSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/** All that the embedded broker is told. */
final class BrokerConfiguration {

    private static final SimpleString DEAD = SimpleString.of("dermaga.dead");

    /** One record of the journal must fit its buffer, and one payload below largeFrom a record. */
    private static final int JOURNAL_BUFFER_BYTES = 1024 * 1024;

    private static final int JOURNAL_FILE_BYTES = 10 * 1024 * 1024;
    private static final int JOURNAL_FILES = 2;

    /** Kept to be written again: a new one is filled first, and forces wait for that. */
    private static final int JOURNAL_FILES_KEPT = 10;

    /** A lone entry waits at most so long for others to be forced with it; measured. */
    private static final int JOURNAL_TIMEOUT_NANOS = 500_000;

    private static final long LOCK_MILLIS = 5_000;
    private static final int PAGE_BYTES = 2 * 1024 * 1024;

    /** Heap for what waits; all above is in page files. */
    private static final long MEMORY_BYTES = 32L * 1024 * 1024;

    private static final int REMEMBERED_BATCHES = 2_000;

    /** Kept, because levels are forgotten with their loggers. */
    private static final List<Logger> QUIET =
            List.of(
                    quiet("org.apache.activemq.audit", Level.OFF),
                    quiet("org.apache.activemq.artemis", Level.WARNING));

    private BrokerConfiguration() {}

    /** The broker tells of every message at INFO; unless somebody wants that. */
    private static Logger quiet(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        if (logger.getLevel() == null) {
            logger.setLevel(level);
        }
        return logger;
    }

    /**
     * @param number of the broker in this process
     */
    static Configuration of(SpoolSettings settings, int number) throws Exception {
        Configuration configuration = new ConfigurationImpl();
        SpoolStates.LOG.log(System.Logger.Level.DEBUG, "log levels of the broker: {0}", QUIET);
        configuration
                .setName("dermaga-spool-" + number)
                .setPersistenceEnabled(true)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setPopulateValidatedUser(false)
                .setWildCardConfiguration(new WildcardConfiguration().setRoutingEnabled(false))
                .setResolveProtocols(false)
                .setSuppressSessionNotifications(true)
                .setIDCacheSize(REMEMBERED_BATCHES)
                .setGracefulShutdownEnabled(false)
                .setCriticalAnalyzer(true)
                .setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG)
                .setMessageExpiryScanPeriod(-1)
                .setAddressQueueScanPeriod(-1)
                .setConfigurationFileRefreshPeriod(-1)
                .setGlobalMaxSize(2 * MEMORY_BYTES)
                .setMaxDiskUsage(-1) // we look ourselves, and say so
                .addAddressSetting("#", addresses())
                .addAcceptorConfiguration(
                        new TransportConfiguration(
                                InVMAcceptorFactory.class.getName(),
                                Map.of(TransportConstants.SERVER_ID_PROP_NAME, number)));
        keepOnDisk(configuration, settings.directory());
        return configuration;
    }

    private static void keepOnDisk(Configuration configuration, Path directory) {
        configuration
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setJournalType(JournalType.NIO)
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setLargeMessageSync(true)
                .setJournalBufferSize_NIO(JOURNAL_BUFFER_BYTES)
                .setJournalBufferTimeout_NIO(JOURNAL_TIMEOUT_NANOS)
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalMinFiles(JOURNAL_FILES)
                .setJournalPoolFiles(JOURNAL_FILES_KEPT)
                .setJournalLockAcquisitionTimeout(LOCK_MILLIS);
    }

    private static AddressSettings addresses() {
        return new AddressSettings()
                .setDeadLetterAddress(DEAD)
                .setExpiryAddress(DEAD) // nothing expires
                .setMaxDeliveryAttempts(-1) // who delivers counts
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(MEMORY_BYTES)
                .setPageSizeBytes(PAGE_BYTES)
                .setMaxReadPageBytes((int) MEMORY_BYTES) // the reader's bound is what counts
                .setMaxReadPageMessages(-1)
                .setAutoCreateQueues(false)
                .setAutoCreateAddresses(false)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false);
    }
}
