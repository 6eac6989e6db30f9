package io.dermaga.bench.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A run of the program that sends. */
final class Load implements AutoCloseable {

    /** Exit status; others are of wrong answers and of what is broken here. */
    private static final int NOT_KEPT_UP = 3;

    private final Process process;
    private final BufferedReader out;

    Load(Place place, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(Place.onLoadCore());
        command.add(place.nativeProgram("load"));
        command.addAll(arguments);
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        out = process.inputReader();
    }

    /** So many connections that are open and say nothing, until it is closed. */
    static Load hold(Place place, String ports, int connections)
            throws IOException, InterruptedException {
        Load load = new Load(place, List.of("hold", ports, Integer.toString(connections)));
        try {
            load.await("HELD");
            return load;
        } catch (IOException e) {
            load.close();
            throw e;
        }
    }

    /** Waits until it says a word. */
    void await(String word) throws IOException, InterruptedException {
        line(word);
    }

    /** Waits until everything was answered or taken: its figures by name. */
    Map<String, Double> figures() throws IOException, InterruptedException {
        String line = line("DONE");
        process.waitFor();
        Map<String, Double> figures = new HashMap<>();
        for (String word : line.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                figures.put(
                        word.substring(0, equals), Double.parseDouble(word.substring(equals + 1)));
            }
        }
        return figures;
    }

    /** The server has not taken or answered everything in time. */
    static final class NotKeptUpException extends IOException {

        private static final long serialVersionUID = 1;

        NotKeptUpException(String message) {
            super(message);
        }
    }

    private String line(String word) throws IOException, InterruptedException {
        String line = out.readLine();
        if (line == null && process.waitFor() == NOT_KEPT_UP) {
            throw new NotKeptUpException("the load gave up before " + word);
        }
        if (line == null) {
            throw new IOException("the load found an error before " + word);
        }
        if (!line.startsWith(word)) {
            throw new IOException("the load said " + line + ", not " + word);
        }
        return line;
    }

    /** Ends what it holds. */
    @Override
    public void close() {
        try {
            process.outputWriter().close();
        } catch (IOException e) {
            // it has ended already
        }
        Children.awaitEnd(process, 10);
    }
}
