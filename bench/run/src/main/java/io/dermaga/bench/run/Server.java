package io.dermaga.bench.run;

import java.io.IOException;
import java.util.Map;

/** A running server of the benchmark. */
interface Server extends AutoCloseable {

    /**
     * What it has verified.
     *
     * @param verified payloads that were right
     * @param errors payloads that were wrong
     */
    record Stats(long verified, long errors) {

        static Stats parse(String line) {
            String[] words = line.strip().split(" ", -1);
            return new Stats(Long.parseLong(words[1]), Long.parseLong(words[2]));
        }
    }

    long pid();

    /** Ports by {@code eof}, {@code frames}, {@code echo}; 0 or missing where it has none. */
    Map<String, Integer> ports();

    Stats stats() throws IOException, InterruptedException;

    @Override
    void close();
}
