package io.dermaga.alerts;

import io.dermaga.alerts.Away.Part;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Kinds of conditions, as a rule names them. */
@SuppressWarnings("ImmutableEnumChecker") // neither the lists nor the functions change
enum Kind {
    SILENCE(
            "silence(listener=lab, for=5m)",
            List.of("listener", "for"),
            given -> {
                String listener = given.listener();
                if (listener == null) {
                    given.refuse("listener", "", "the name of a listener");
                }
                return new Silence(String.valueOf(listener), given.duration("for", Limits.WINDOW));
            }),
    RATE(
            "rate(listener=orders, above=2000/s, for=1m)",
            List.of("listener", "above", "below", "for"),
            given -> {
                boolean above = given.has("above");
                if (above && given.has("below")) {
                    given.refuse("parameter", "above and below", "one of them");
                }
                return new Rate(
                        given.listener(),
                        above,
                        given.rate(above ? "above" : "below"),
                        given.duration("for", Limits.WINDOW));
            }),
    ERRORS(
            "errors(listener=orders, above=10, within=5m)",
            List.of("listener", "number", "above", "within"),
            given -> {
                if (given.has("listener") && given.has("number")) {
                    given.refuse("parameter", "listener and number", "one of them");
                }
                return new Errors(
                        given.listener(),
                        given.number(),
                        given.count("above"),
                        given.duration("within", Limits.WINDOW));
            }),
    DEAD_LETTERS(
            "dead-letters(above=0, within=1h)",
            List.of("listener", "above", "within"),
            given -> {
                boolean window = given.has("within");
                if (given.has("listener") && !window) {
                    given.refuse("parameter", "listener", "listener together with within");
                }
                return new DeadLetters(
                        given.listener(),
                        given.count("above"),
                        window ? given.duration("within", Limits.WINDOW) : null);
            }),
    BACK_PRESSURE(
            "back-pressure(for=1m)",
            List.of("listener", "for"),
            given -> new BackPressure(given.listener(), given.duration("for", Limits.WINDOW))),
    CERTIFICATE(
            "certificate(before=14d)",
            List.of("listener", "before"),
            given -> new Certificates(given.listener(), given.duration("before", Limits.VALIDITY))),
    STATE(
            "state(is=FAILED, for=30s)",
            List.of("listener", "is", "for"),
            given ->
                    new InState(
                            given.listener(),
                            given.state("is"),
                            given.duration("for", Limits.WINDOW))),
    ADAPTER("adapter(for=1m)", List.of("for"), given -> Kind.away(Part.ADAPTER, given)),
    SPOOL("spool(for=1m)", List.of("for"), given -> Kind.away(Part.SPOOL, given)),
    HISTORY("history(for=1m)", List.of("for"), given -> Kind.away(Part.HISTORY, given)),
    DISK("disk(below=512MiB)", List.of("below"), given -> new DiskSpace(given.size("below")));

    private final String example;
    private final List<String> parameters;
    private final Function<Arguments, Condition> make;

    Kind(String example, List<String> parameters, Function<Arguments, Condition> make) {
        this.example = example;
        this.parameters = parameters;
        this.make = make;
    }

    /** The longest times. */
    private static final class Limits {
        private static final Duration WINDOW = Duration.ofDays(7);
        private static final Duration VALIDITY = Duration.ofDays(366);

        private Limits() {}
    }

    private static Condition away(Part part, Arguments given) {
        return new Away(part, given.duration("for", Limits.WINDOW));
    }

    /** A condition of this kind as it may be written. */
    String example() {
        return example;
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** The words of all kinds. */
    static String words() {
        return Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "));
    }

    Arguments arguments(String written) {
        return new Arguments(written, parameters);
    }

    /** The condition; what is wrong with the arguments is collected in them. */
    Condition make(Arguments given) {
        return make.apply(given);
    }
}
