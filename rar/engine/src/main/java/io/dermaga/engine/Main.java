package io.dermaga.engine;

import io.dermaga.api.Payload;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.Endpoint;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.lane.Outcome;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.lane.WorkRefusedException;
import io.dermaga.engine.settings.ActivationSettings;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingSource;
import io.dermaga.engine.settings.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * The engine without a container: listens on port 8001 and prints the size of every payload.
 * Configured by system properties and environment under the name {@code main}, for example {@code
 * -Ddermaga.main.port=9001 -Ddermaga.main.framing=lines}.
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        List<SettingSource> sources =
                List.of(
                        SettingSource.systemProperties(),
                        SettingSource.environment(System.getenv()));
        ActivationSettings settings =
                SettingsReader.read(
                        Map.of(Setting.PORT, "8001"),
                        "main",
                        sources,
                        Engine.rules(Main.class.getClassLoader()));
        Engine engine = new Engine(AdapterSettings.read(sources));
        ExecutorService workers = Executors.newCachedThreadPool();
        engine.activate(
                        "main",
                        settings,
                        BeanShape.ofPayloads(),
                        task -> {
                            try {
                                workers.execute(task);
                            } catch (RejectedExecutionException e) {
                                throw new WorkRefusedException(String.valueOf(e.getMessage()));
                            }
                        },
                        Printer::new)
                .start();
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    engine.close();
                                    workers.shutdown();
                                }));
    }

    private static final class Printer implements Endpoint {

        @Override
        public Outcome deliver(Payload payload) {
            System.out.println(payload);
            return Outcome.SUCCESS;
        }

        @Override
        public Outcome deliver(List<Payload> payloads) {
            payloads.forEach(System.out::println);
            return Outcome.SUCCESS;
        }

        @Override
        public Outcome tell(SocketEvent event, LaneOwner connection) {
            return Outcome.SUCCESS;
        }

        @Override
        public void release() {
            // nothing is held
        }
    }
}
