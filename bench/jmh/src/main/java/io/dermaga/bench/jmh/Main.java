package io.dermaga.bench.jmh;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs all benchmarks, quickly, and writes their figures as JSON: nanoseconds an operation, and
 * bytes of garbage.
 *
 * <p>{@code Main FILE [OPTION...]}: options of JMH select benchmarks ({@code LaneBenchmark}) or
 * make them longer ({@code -f 3 -i 10}).
 */
public final class Main {

    private static final int ITERATIONS = 3;

    private Main() {}

    public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
        if (arguments.length == 0) {
            System.err.println("usage: Main FILE [option of JMH...]");
            System.exit(2);
        }
        CommandLineOptions given =
                new CommandLineOptions(Arrays.copyOfRange(arguments, 1, arguments.length));
        TimeValue second = TimeValue.seconds(1);
        Options options =
                new OptionsBuilder()
                        .parent(given)
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(given.getForkCount().orElse(1))
                        .warmupIterations(given.getWarmupIterations().orElse(ITERATIONS))
                        .warmupTime(given.getWarmupTime().orElse(second))
                        .measurementIterations(given.getMeasurementIterations().orElse(ITERATIONS))
                        .measurementTime(given.getMeasurementTime().orElse(second))
                        .addProfiler(GCProfiler.class)
                        .resultFormat(ResultFormatType.JSON)
                        .result(arguments[0])
                        .shouldFailOnError(true)
                        .build();
        new Runner(options).run();
    }
}
