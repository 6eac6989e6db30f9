package io.dermaga;

import io.dermaga.engine.Engine;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.SettingSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Engines for tests of what sits on them. */
public final class TestEngine {

    private TestEngine() {}

    /** One that runs everywhere. */
    public static Engine in(Path data) {
        return new Engine(
                AdapterSettings.read(
                        List.of(
                                SettingSource.environment(
                                        Map.of(
                                                "dermaga_adapter_dataDirectory",
                                                data.toString(),
                                                "dermaga_adapter_transport",
                                                "nio")))));
    }
}
