package io.dermaga.api.monitor;

import java.util.Map;

/**
 * Figures of all recordings. What is counted is counted since the adapter was started.
 *
 * @param running how many go on
 * @param kept how many there are, those that go on included
 * @param used bytes on disk, those reserved for recordings that go on included
 * @param capacity of all together, in bytes
 * @param bytesRecorded of payload, both directions
 * @param ended how many have ended, by their state
 * @param cutConnections given up since the disk was slower than they
 */
public record RecordingTotals(
        int running,
        int kept,
        long used,
        long capacity,
        long bytesRecorded,
        Map<Recording.State, Long> ended,
        long cutConnections) {

    public RecordingTotals {
        ended = Map.copyOf(ended);
    }
}
