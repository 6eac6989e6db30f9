package io.dermaga.bench.engine;

import io.dermaga.bench.payload.Control;
import io.dermaga.bench.payload.Ledger;
import io.dermaga.engine.Engine;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.WorkerPool;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingSource;
import io.dermaga.engine.settings.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * The engine without a container: {@code payload} takes one payload a call, {@code batch} what was
 * read together. {@code -Dbench.listeners} says how many listeners answer. Other settings by system
 * properties, such as {@code -Ddermaga.adapter.transport=io_uring}.
 */
public final class Main {

    private static final long POLL_NANOS = 1_000_000;

    private final Engine engine =
            new Engine(AdapterSettings.read(List.of(SettingSource.systemProperties())));
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Ledger ledger = new Ledger();
    private final BeanShape shape;

    private Main(BeanShape shape) {
        this.shape = shape;
    }

    public static void main(String[] arguments) {
        boolean batch = arguments.length == 1 && arguments[0].equals("batch");
        new Main(batch ? BeanShape.ofBatches() : BeanShape.ofPayloads()).run();
    }

    private void run() {
        int eof = open("eof", "eof", false);
        int frames = open("frames", "length(4)", false);
        StringJoiner echo = new StringJoiner(",");
        for (int i = 1; i <= Integer.getInteger("bench.listeners", 1); i++) {
            echo.add(Integer.toString(open("echo-" + i, "length(4)", true)));
        }
        Control.start(ledger, eof, frames, echo.toString());
        while (true) {
            LockSupport.park(); // threads of the engine keep no process alive
        }
    }

    private int open(String name, String framing, boolean answers) {
        Map<Setting, String> given =
                Map.of(
                        Setting.PORT, "0",
                        Setting.HOST, "127.0.0.1",
                        Setting.MAX_CONNECTIONS, "200000",
                        Setting.MAX_CONNECTIONS_PER_ADDRESS, "200000",
                        Setting.ACCEPT_RATE, "1000000",
                        Setting.FRAMING, framing);
        WorkerPool pool = workers::execute;
        engine.activate(
                        name,
                        SettingsReader.read(
                                given,
                                name,
                                List.of(SettingSource.systemProperties()),
                                Engine.rules(Main.class.getClassLoader())),
                        shape,
                        pool,
                        () -> new Verifier(ledger, answers))
                .start();
        while (port(name) == 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return port(name);
    }

    private int port(String name) {
        return engine.monitor().snapshot().listeners().stream()
                .filter(listener -> listener.name().equals(name))
                .findFirst()
                .orElseThrow()
                .port();
    }
}
