package io.dermaga.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where things are: the checkout, the programs that were built, the cores.
 *
 * @param root of the checkout
 */
record Place(Path root) {

    /** The core of the server and that of the load. */
    private static final String SERVER_CORE = System.getProperty("bench.server.cores", "0");

    private static final String LOAD_CORE = System.getProperty("bench.load.cores", "1");

    Path target(String module) {
        return root.resolve("bench").resolve(module).resolve("target");
    }

    /** A program on the cores of servers. */
    static List<String> onServerCore() {
        return List.of("taskset", "-c", SERVER_CORE);
    }

    /** A program on the core of the load. */
    static List<String> onLoadCore() {
        return List.of("taskset", "-c", LOAD_CORE);
    }

    /** Java of this process. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A Java with virtual threads; this process's own where there is no newer one. */
    static String newestJava() {
        String given = System.getProperty("bench.newest.java");
        if (given != null) {
            return given;
        }
        if (Runtime.version().feature() >= 21) {
            return java();
        }
        try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
            return homes.filter(home -> feature(home) >= 21)
                    .max((a, b) -> Integer.compare(feature(a), feature(b)))
                    .map(home -> home.resolve("bin/java").toString())
                    .orElse(java());
        } catch (IOException e) {
            return java();
        }
    }

    private static int feature(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("JAVA_VERSION=\"(\\d+).*", "$1"))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Compiles the load and the peer in C; they are small, and so is the wait. */
    void compileNative() throws IOException, InterruptedException {
        Path out = Files.createDirectories(target("native"));
        for (String program : List.of("load", "peer")) {
            Process compiler =
                    new ProcessBuilder(
                                    "cc",
                                    "-O2",
                                    "-Wall",
                                    "-Wextra",
                                    "-Werror",
                                    "-o",
                                    out.resolve(program).toString(),
                                    root.resolve("bench/native/" + program + ".c").toString())
                            .inheritIO()
                            .start();
            if (compiler.waitFor() != 0) {
                throw new IOException("bench/native/" + program + ".c does not compile");
            }
        }
    }

    String nativeProgram(String name) {
        return target("native").resolve(name).toString();
    }
}
