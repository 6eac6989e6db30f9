package io.dermaga.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A server to be measured.
 *
 * @param name in tables
 * @param java that runs it; empty for other programs
 * @param start of its process
 */
record Peer(String name, String java, Start start) {

    /** All Java servers have the same; a core alone makes each choose the serial collector. */
    private static final List<String> JVM = List.of("-Xms512m", "-Xmx512m");

    /** Starts the server. */
    @FunctionalInterface
    interface Start {
        Server on(Path log) throws IOException, InterruptedException;
    }

    /** A run of this peer; its log is kept. */
    Server start(Place place) throws IOException, InterruptedException {
        Path logs = Files.createDirectories(place.target("run").resolve("logs"));
        return start.on(logs.resolve(name + ".log"));
    }

    /** Everything that is compared, the adapter first. */
    static List<Peer> all(Place place) {
        String newest = Place.newestJava();
        return List.of(
                payara(place, "plain"),
                payara(place, "batch"),
                payara(place, "cmt"),
                payara(place, "xa"),
                module(place, "engine-payload", "engine", Place.java(), "engine.Main", "payload"),
                module(place, "engine-batch", "engine", Place.java(), "engine.Main", "batch"),
                uring(place),
                program("c-epoll", List.of(place.nativeProgram("peer"))),
                peer(place, "netty-epoll", "netty", "netty.Main", "epoll"),
                peer(place, "netty-nio", "netty", "netty.Main", "nio"),
                peer(place, "vertx", "vertx", "vertx.Main"),
                module(
                        place,
                        "virtual-threads",
                        "peers/virtualthreads",
                        newest,
                        "peer.virtualthreads.Main"),
                program(
                        "node",
                        List.of("node", place.root().resolve("bench/peers/node/peer.js") + "")),
                peer(place, "camel", "camel", "camel.Main"),
                peer(place, "spring-nio", "springintegration", "springintegration.Main", "nio"),
                peer(
                        place,
                        "spring-blocking",
                        "springintegration",
                        "springintegration.Main",
                        "blocking"),
                peer(place, "spring-boot", "springboot", "springboot.Main"));
    }

    /** The bare engine with a heap for idle connections. */
    static Peer smallEngine(Place place) {
        return java(
                place,
                "small-engine",
                "engine",
                Place.java(),
                List.of("-Xmx128m"),
                "engine.Main",
                "payload");
    }

    /** The bare engine with so many listeners that answer. */
    static List<Peer> withListeners(Place place, int... counts) {
        return Arrays.stream(counts)
                .mapToObj(
                        count -> {
                            List<String> options = new ArrayList<>(jvm());
                            options.add("-Dbench.listeners=" + count);
                            return java(
                                    place,
                                    "engine-listeners-" + count,
                                    "engine",
                                    Place.java(),
                                    options,
                                    "engine.Main",
                                    "payload");
                        })
                .toList();
    }

    private static Peer payara(Place place, String kind) {
        return new Peer(
                "adapter-" + kind, Place.java(), log -> new PayaraServer(place, kind, jvm(), log));
    }

    private static List<String> jvm() {
        List<String> options = new ArrayList<>(JVM);
        String more = System.getProperty("bench.jvm", "");
        if (!more.isBlank()) {
            options.addAll(List.of(more.split(" ", -1)));
        }
        return options;
    }

    /** A program of {@code bench/peers}. */
    private static Peer peer(
            Place place, String name, String module, String main, String... arguments) {
        return module(place, name, "peers/" + module, Place.java(), "peer." + main, arguments);
    }

    private static Peer uring(Place place) {
        List<String> options = new ArrayList<>(jvm());
        options.add("-Ddermaga.adapter.transport=io_uring");
        return java(
                place, "engine-uring", "engine", Place.java(), options, "engine.Main", "payload");
    }

    private static Peer module(
            Place place,
            String name,
            String module,
            String java,
            String main,
            String... arguments) {
        return java(place, name, module, java, jvm(), main, arguments);
    }

    private static Peer java(
            Place place,
            String name,
            String module,
            String java,
            List<String> options,
            String main,
            String... arguments) {
        Path target = place.target(module);
        List<String> command = new ArrayList<>(Place.onServerCore());
        command.add(java);
        command.addAll(options);
        command.addAll(
                List.of(
                        "-cp",
                        target + "/classes:" + target + "/lib/*",
                        "io.dermaga.bench." + main));
        command.addAll(List.of(arguments));
        return new Peer(name, java, log -> new ProgramServer(command, log));
    }

    private static Peer program(String name, List<String> program) {
        List<String> command = new ArrayList<>(Place.onServerCore());
        command.addAll(program);
        return new Peer(name, "", log -> new ProgramServer(command, log));
    }
}
