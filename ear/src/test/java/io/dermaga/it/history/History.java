package io.dermaga.it.history;

import java.util.List;

/**
 * What happened, as peers and the bean's database saw it.
 *
 * @param rows in the order in which they were written
 */
record History(List<PeerHistory> peers, List<Row> rows) {

    /**
     * One connection, whose payloads are numbered from 1.
     *
     * @param peer its name, which no other connection has
     * @param sent payloads that it has begun to send
     * @param told the answers, in their order: the first belongs to payload 1
     */
    record PeerHistory(String peer, int sent, List<String> told) {

        PeerHistory {
            told = List.copyOf(told);
        }
    }

    /**
     * A delivery whose transaction was committed.
     *
     * @param delivery what the bean was told of how often it was tried, from 1
     * @param token that no other delivery has
     */
    record Row(String peer, int number, int delivery, String token) {}

    History {
        peers = List.copyOf(peers);
        rows = List.copyOf(rows);
    }
}
