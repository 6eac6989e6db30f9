package io.dermaga.api.monitor;

/**
 * What waits in each stage of the way of a payload.
 *
 * @param kernelBytes in the kernel's receive queues; -1 where the system does not tell
 * @param assemblingBytes of payloads that are not complete, in memory
 * @param assemblingSpilledBytes of payloads that are not complete, on disk
 * @param spoolEntries in the spool, not done; payloads of a connection that were read together are
 *     one entry, for each group of beans that is given a copy, and those that are handed over are
 *     in the lane or in a bean, too; -1 where there is no spool, or it does not tell
 * @param lanePayloads complete, waiting for a worker
 * @param laneBytes their size
 * @param inBeanPayloads being delivered
 * @param inBeanBytes their size
 * @param writeBufferBytes written by beans, not yet taken by the kernel
 */
public record StageDepths(
        long kernelBytes,
        long assemblingBytes,
        long assemblingSpilledBytes,
        long spoolEntries,
        long lanePayloads,
        long laneBytes,
        long inBeanPayloads,
        long inBeanBytes,
        long writeBufferBytes) {}
