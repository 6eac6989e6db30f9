package io.dermaga.bench.run;

/**
 * What one run of one workload on one server gave.
 *
 * @param cpuMicros server CPU of all threads for each unit; NaN where it is not what is measured
 * @param unitsPerSecond as the server has verified them
 * @param p50Micros latency in microseconds; NaN where there is none
 * @param p99Micros latency in microseconds; NaN where there is none
 * @param heapBytes live heap for each connection; NaN where it is not what is measured
 * @param residentBytes resident memory for each connection, or (slow readers) in all
 */
record Sample(
        String peer,
        String workload,
        int round,
        double cpuMicros,
        double unitsPerSecond,
        double p50Micros,
        double p99Micros,
        double heapBytes,
        double residentBytes) {

    static final String COLUMNS =
            "peer,workload,round,cpu_micros_per_unit,units_per_second,p50_micros,p99_micros,heap_bytes,resident_bytes";

    /** A line of the raw results. */
    String line() {
        return "%s,%s,%d,%s,%s,%s,%s,%s,%s"
                .formatted(
                        peer,
                        workload,
                        round,
                        figure(cpuMicros),
                        figure(unitsPerSecond),
                        figure(p50Micros),
                        figure(p99Micros),
                        figure(heapBytes),
                        figure(residentBytes));
    }

    private static String figure(double value) {
        return Double.isNaN(value) ? "" : "%.4f".formatted(value);
    }
}
