package io.dermaga.bench.run;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program that tells its ports and its counts on stdout, and ends with its stdin. */
final class ProgramServer implements Server {

    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;
    private final Map<String, String> ports = new HashMap<>();

    ProgramServer(List<String> command, Path log) throws IOException {
        process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        out = process.inputReader();
        in = process.outputWriter();
        try {
            for (String word : await("READY").split(" ", -1)) {
                int equals = word.indexOf('=');
                if (equals > 0 && !word.endsWith("=0")) {
                    ports.put(word.substring(0, equals), word.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private String await(String word) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(word)) {
                return line;
            }
        }
        throw new IOException("the server ended without " + word);
    }

    @Override
    public long pid() {
        return process.pid(); // taskset becomes the program: exec keeps the pid
    }

    @Override
    public String ports(String listener) {
        return ports.getOrDefault(listener, "");
    }

    @Override
    public Stats stats() throws IOException {
        in.write("stats\n");
        in.flush();
        return Stats.parse(await("STATS"));
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // it has ended already
        }
        Children.awaitEnd(process, 10);
    }
}
