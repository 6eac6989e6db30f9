package io.dermaga.alerts;

import io.dermaga.alerts.Finding.Verdict;
import java.util.List;

/**
 * The disk with the data directory of the dashboard is nearly full. Until a tenth more than the
 * bound is free, nothing is decided.
 *
 * @param below in bytes
 */
record DiskSpace(long below) implements Condition {

    @Override
    public List<Finding> find(Observation seen, Memory memory) {
        long free = seen.diskFree();
        if (free < 0) {
            return List.of();
        }
        Verdict verdict =
                free < below
                        ? Verdict.MET
                        : free < below + below / 10 ? Verdict.UNDECIDED : Verdict.NOT_MET;
        String figure = Words.size(free) + " are free";
        return List.of(
                new Finding(
                        "",
                        verdict,
                        figure,
                        "%s on the disk of the data directory, allowed: at least %s"
                                .formatted(figure, Words.size(below))));
    }

    @Override
    public boolean needsAdapter() {
        return false;
    }
}
