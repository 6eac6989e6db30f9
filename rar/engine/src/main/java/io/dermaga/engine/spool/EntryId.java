package io.dermaga.engine.spool;

import java.nio.ByteBuffer;

/**
 * Name of an entry, unique among all servers.
 *
 * @param run random, of the spool that stored it
 * @param number of the entry in that run
 */
public record EntryId(long run, long number) {

    /** 16 bytes. */
    byte[] bytes() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(run).putLong(number).array();
    }
}
