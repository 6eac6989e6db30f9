package io.dermaga.bench.run;

import java.io.IOException;

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

    /**
     * Where to send.
     *
     * @param listener {@code eof}, {@code frames} or {@code echo}
     * @return a port, or several with commas between them; empty where it has none
     */
    String ports(String listener);

    Stats stats() throws IOException, InterruptedException;

    @Override
    void close();
}
