package io.dermaga.run;

import io.dermaga.run.Product.Places;
import java.nio.file.Path;

/**
 * The command behind {@code mvn -Prun}: starts the product, says where it is, and runs it until it
 * is interrupted.
 */
public final class Run {

    private static final int SIGINT = 130;
    private static final int SIGTERM = 143;

    private Run() {}

    /**
     * Runs the product until it is interrupted.
     *
     * @param arguments dermaga.ear, the server's jar, a directory for what the server writes, the
     *     project's directory
     * @throws LaunchException one sentence that says why the product does not run
     */
    public static void main(String[] arguments) throws LaunchException, InterruptedException {
        if (arguments.length != 4) {
            throw new LaunchException("DMG5000 usage: Run EAR MICRO-JAR WORK-DIR PROJECT-DIR");
        }
        Places places =
                new Places(
                        Path.of(arguments[0]),
                        Path.of(arguments[1]),
                        Path.of(arguments[2]),
                        Path.of(arguments[3]).toAbsolutePath().normalize());
        say("Dermaga is starting; this takes about 15 seconds …");
        try (Product product =
                Product.start(
                        places,
                        System.getProperties(),
                        System.getenv(),
                        Run::say,
                        options -> options)) {
            serve(product);
        }
    }

    private static void serve(Product product) throws LaunchException, InterruptedException {
        try {
            product.awaitUp();
        } catch (LaunchException failed) {
            if (product.server().isStopping()) {
                return; // interrupted while it started, which is no failure
            }
            throw failed;
        }
        say(Banner.of(product));
        int code = product.server().awaitEnd();
        boolean asked = product.server().isStopping() || code == SIGINT || code == SIGTERM;
        if (!asked) {
            throw new LaunchException(
                    "DMG5002 the server ended by itself with code %d; the end of its log (%s):%n%s"
                            .formatted(
                                    code,
                                    product.server().log().file(),
                                    product.server().log().tail()));
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
