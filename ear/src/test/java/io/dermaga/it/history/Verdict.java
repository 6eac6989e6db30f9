package io.dermaga.it.history;

import io.dermaga.it.history.History.PeerHistory;
import io.dermaga.it.history.History.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a history says about the promises of docs/guarantees.md.
 *
 * @param violations of what always holds, in words: an acknowledged payload that is lost, an
 *     inversion, a hole, a repetition that was not told as one, a row of a payload that nobody
 *     sent, a reply of a delivery that was not committed
 * @param repetitions rows of payloads that had a row already
 * @param told answers
 * @param delivered payloads with at least one row
 */
record Verdict(List<String> violations, int repetitions, int told, int delivered) {

    /** What answers are. */
    enum Answers {
        /** The same for every payload that is kept. */
        RECEIPTS,
        /** The token of the row that was committed with them. */
        TOKENS
    }

    Verdict {
        violations = List.copyOf(violations);
    }

    static Verdict of(History history, Answers answers) {
        List<String> violations = new ArrayList<>();
        Map<String, Integer> latest = new HashMap<>();
        Map<String, PeerHistory> peers = new HashMap<>();
        history.peers().forEach(peer -> peers.put(peer.peer(), peer));
        Map<String, Row> rowOfToken = new HashMap<>();
        int repetitions = 0;
        int delivered = 0;
        for (Row row : history.rows()) {
            PeerHistory peer = peers.get(row.peer());
            int before = latest.getOrDefault(row.peer(), 0);
            if (peer == null || row.number() < 1 || row.number() > peer.sent()) {
                violations.add("never sent: " + row);
            } else if (row.number() > before + 1) {
                violations.add("inversion or hole: " + row + " after number " + before);
            } else if (row.number() <= before) {
                repetitions++;
                if (row.delivery() < 2) {
                    violations.add("repetition without a word: " + row);
                }
            } else {
                delivered++;
            }
            latest.merge(row.peer(), row.number(), Math::max);
            if (rowOfToken.put(row.token(), row) != null) {
                violations.add("one delivery has two rows: " + row);
            }
        }
        int told = 0;
        Set<String> used = new HashSet<>();
        for (PeerHistory peer : history.peers()) {
            told += peer.told().size();
            int number = 0;
            for (String answer : peer.told()) {
                number++;
                if (number > peer.sent()) {
                    violations.add("answer to nothing: " + peer.peer() + " " + number);
                } else if (number > latest.getOrDefault(peer.peer(), 0)) {
                    violations.add("acknowledged and lost: " + peer.peer() + " " + number);
                }
                if (answers == Answers.TOKENS) {
                    Row row = rowOfToken.get(answer);
                    if (row == null) {
                        violations.add(
                                "reply of a delivery that was not committed: %s %d %s"
                                        .formatted(peer.peer(), number, answer));
                    } else if (row.number() != number || !row.peer().equals(peer.peer())) {
                        violations.add(
                                "reply of another: %s %d got that of %s"
                                        .formatted(peer.peer(), number, row));
                    }
                    if (!used.add(answer)) {
                        violations.add("told twice: " + answer);
                    }
                }
            }
        }
        return new Verdict(violations, repetitions, told, delivered);
    }
}
