package io.dermaga.engine.recording;

import io.dermaga.engine.settings.AddressRange;
import java.net.InetAddress;
import java.util.List;

/**
 * Which connections are meant.
 *
 * @param listener name of it; empty: all
 * @param peers empty: all
 * @param text of the peers, as it was given
 */
record Filter(String listener, List<AddressRange> peers, String text) {

    boolean admits(String of, InetAddress peer) {
        return (listener.isEmpty() || listener.equals(of))
                && (peers.isEmpty() || peers.stream().anyMatch(range -> range.contains(peer)));
    }
}
