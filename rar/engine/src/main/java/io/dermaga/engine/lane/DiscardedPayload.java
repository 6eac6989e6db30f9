package io.dermaga.engine.lane;

import io.dermaga.engine.monitor.DiscardedMessage;
import io.dermaga.engine.monitor.Origin;
import io.dermaga.engine.monitor.Told;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.SpilledFrame;

/** A complete payload that no bean will see. */
record DiscardedPayload(
        Origin origin, Content content, int position, long firstNumber, String why, Told told)
        implements DiscardedMessage {

    @Override
    public Told told(int index) {
        return told;
    }

    @Override
    public long size(int index) {
        return content.size(position);
    }

    @Override
    public long firstByteNanos(int index) {
        return content.firstByteNanos(position);
    }

    @Override
    public long lastByteNanos(int index) {
        return content.lastByteNanos();
    }

    @Override
    public long endedNanos(int index) {
        return 0;
    }

    @Override
    public long streamStart(int index) {
        return content.streamStart(position);
    }

    @Override
    public long streamEnd(int index) {
        return content.streamEnd(position);
    }

    @Override
    public int reads(int index) {
        return content.reads(position);
    }

    @Override
    public boolean spilled() {
        return content instanceof SpilledFrame;
    }

    @Override
    public void copyHead(int index, int length, byte[] target, int offset) {
        LanePayload.copyHead(content, position, length, target, offset);
    }
}
