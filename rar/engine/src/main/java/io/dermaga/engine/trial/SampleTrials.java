package io.dermaga.engine.trial;

import io.dermaga.api.monitor.FramingTrial;
import io.dermaga.api.monitor.FramingTrial.Frame;
import io.dermaga.api.monitor.FramingTrials;
import io.dermaga.engine.detect.Detective;
import io.dermaga.engine.detect.Suspicion;
import io.dermaga.engine.payload.SpillStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tries framings on samples. Thread-safe: one sample at a time, so that many cost no more. */
public final class SampleTrials {

    /** How many trials are told of besides the best of every framing. */
    private static final int MOST_OTHERS = 20;

    /** One of a framing that has a better one is told of from this plausibility on. */
    private static final int LEAST_PLAUSIBILITY = 5;

    /** A trial and how well its framing fits. */
    private record Ranked(Trial trial, int plausibility, Optional<Suspicion> known) {

        FramingTrial told() {
            return new FramingTrial(
                    trial.form(),
                    plausibility,
                    known.map(Suspicion::protocol).orElse(null),
                    trial.count(),
                    IntStream.range(0, Math.min(trial.count(), FramingTrial.MOST_FRAMES))
                            .mapToObj(
                                    i ->
                                            new Frame(
                                                    trial.start(i),
                                                    trial.payloadStart(i),
                                                    trial.payloadEnd(i),
                                                    trial.end(i)))
                            .toList(),
                    trial.outside(),
                    trial.rest(),
                    trial.error(),
                    trial.losses());
        }
    }

    private final SpillStore store;

    /**
     * @param store which payloads are made with; nothing of a sample is written to it
     */
    public SampleTrials(SpillStore store) {
        this.store = store;
    }

    /**
     * Tries every framing.
     *
     * @param sample 1 to {@link FramingTrials#MOST_BYTES} bytes
     * @throws IllegalArgumentException DMG1010 if it has none or too many
     */
    public synchronized FramingTrials run(byte[] sample) {
        if (sample.length < 1 || sample.length > FramingTrials.MOST_BYTES) {
            throw new IllegalArgumentException(
                    "DMG1010 sample: given %d bytes, allowed: 1 to %d bytes"
                            .formatted(sample.length, FramingTrials.MOST_BYTES));
        }
        Sample tried = new Sample(sample);
        Optional<Suspicion> seen = Detective.of(tried.buffer());
        Stream<Ranked> all = Candidates.of(tried).stream().map(form -> ranked(form, tried, seen));
        return new FramingTrials(
                best(all.sorted(Comparator.comparingInt(Ranked::plausibility).reversed()).toList()),
                seen.filter(one -> !one.isFraming()).map(Suspicion::text).orElse(null));
    }

    private Ranked ranked(String form, Sample sample, Optional<Suspicion> seen) {
        Trial trial = new Trial(form, sample, store);
        Optional<Suspicion> known =
                seen.or(() -> first(trial, sample)).filter(one -> one.isTakenBy(form));
        return new Ranked(
                trial, new Plausibility(sample, trial, known.isPresent()).percent(), known);
    }

    /** What the first frame alone seems to be: a length is known by its being all there is. */
    private static Optional<Suspicion> first(Trial trial, Sample sample) {
        return trial.count() == 0 || !trial.name().equals("iso8583")
                ? Optional.empty()
                : Detective.of(
                        sample.buffer()
                                .slice(trial.start(0), Math.max(1, trial.end(0) - trial.start(0))));
    }

    /** The best of every framing, and others that are plausible and find other boundaries. */
    private static List<FramingTrial> best(List<Ranked> sorted) {
        Set<String> names = new HashSet<>();
        Set<List<Integer>> boundaries = new HashSet<>();
        List<FramingTrial> best = new ArrayList<>();
        int others = 0;
        for (Ranked one : sorted) {
            boolean first = names.add(one.trial().name());
            boolean other =
                    boundaries.add(one.trial().digest())
                            && one.plausibility() >= LEAST_PLAUSIBILITY
                            && others < MOST_OTHERS;
            if (first || other) {
                others += first ? 0 : 1;
                best.add(one.told());
            }
        }
        return best;
    }
}
