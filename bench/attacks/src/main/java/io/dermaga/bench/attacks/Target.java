package io.dermaga.bench.attacks;

import io.dermaga.engine.Engine;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingSource;
import io.dermaga.engine.settings.SettingsReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What is attacked: the engine with one listener whose bean answers each payload with the same
 * line. Its settings are the arguments, {@code name=value}; {@code -Dattacks.sample=true} looks for
 * the highest values every 50 ms, which costs a part of its core that depends on the number of all
 * connections of the machine.
 *
 * <p>Out, on stdout: {@code READY port=<port>} once. In, on stdin: {@code figures}, {@code reset}
 * (marks of the highest values begin anew) and {@code gc} (collects garbage first), each answered
 * by {@code FIGURES name=value …}; see {@link Gauges}. The end of stdin ends it.
 */
public final class Target {

    private static final String NAME = "target";
    private static final long SAMPLE_MILLIS = 50;

    private final Engine engine =
            new Engine(AdapterSettings.read(List.of(SettingSource.systemProperties())));
    private final Answerer answerer = new Answerer();

    private Target() {}

    public static void main(String[] arguments) throws IOException {
        new Target().run(arguments);
    }

    private void run(String[] arguments) throws IOException {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        given.put(Setting.PORT, "0");
        given.put(Setting.HOST, "127.0.0.1");
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            given.put(setting(argument.substring(0, equals)), argument.substring(equals + 1));
        }
        engine.activate(
                        NAME,
                        SettingsReader.read(
                                given,
                                NAME,
                                List.of(),
                                Engine.rules(Target.class.getClassLoader())),
                        new BeanShape(
                                true,
                                false,
                                Set.of(SocketEvent.Kind.TIMEOUT, SocketEvent.Kind.CLOSE)),
                        Executors.newCachedThreadPool()::execute,
                        () -> answerer)
                .start();
        Gauges gauges = new Gauges(engine.monitor(), answerer);
        while (gauges.port() == 0) {
            Thread.onSpinWait();
        }
        if (Boolean.getBoolean("attacks.sample")) {
            ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
            sampler.scheduleWithFixedDelay(
                    gauges::sample, SAMPLE_MILLIS, SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
        }
        tell("READY port=" + gauges.port());
        serve(gauges);
        System.exit(0);
    }

    private static void serve(Gauges gauges) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "reset" -> gauges.reset();
                case "gc" -> gauges.collect();
                default -> gauges.sample();
            }
            tell("FIGURES " + gauges.text());
        }
    }

    private static Setting setting(String property) {
        return Arrays.stream(Setting.values())
                .filter(one -> one.property().equals(property))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no setting: " + property));
    }

    private static void tell(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
