package io.dermaga.engine.listen;

import io.dermaga.engine.monitor.DiscardedMessage;
import io.dermaga.engine.monitor.Origin;
import io.dermaga.engine.monitor.Told;
import io.dermaga.engine.payload.Place;

/** A payload that was not complete when it had to be discarded. Nothing of it is kept. */
record DiscardedFrame(
        Origin origin,
        long firstNumber,
        long bytes,
        long firstByteNanos,
        long discardedNanos,
        Place place,
        String why,
        Told told)
        implements DiscardedMessage {

    @Override
    public long size(int index) {
        return bytes;
    }

    @Override
    public long firstByteNanos(int index) {
        return firstByteNanos;
    }

    @Override
    public long lastByteNanos(int index) {
        return discardedNanos;
    }

    @Override
    public long endedNanos(int index) {
        return discardedNanos;
    }

    @Override
    public long streamStart(int index) {
        return place.start();
    }

    @Override
    public long streamEnd(int index) {
        return place.end();
    }

    @Override
    public int reads(int index) {
        return place.reads();
    }

    @Override
    public Told told(int index) {
        return told;
    }

    @Override
    public boolean spilled() {
        return false;
    }

    @Override
    public void copyHead(int index, int length, byte[] target, int offset) {
        // nothing is kept
    }
}
