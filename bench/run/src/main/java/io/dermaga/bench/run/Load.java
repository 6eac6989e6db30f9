package io.dermaga.bench.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A run of the program that sends. */
final class Load implements AutoCloseable {

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

    /** Waits until it says a word. */
    void await(String word) throws IOException {
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

    private String line(String word) throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new NotKeptUpException("the load gave up before " + word);
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
