package io.dermaga;

import io.dermaga.engine.Engine;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.SettingSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Engines for tests of what sits on them. */
public final class TestEngine {

    private TestEngine() {}

    /** One that runs everywhere. */
    public static Engine in(Path data) {
        return in(data, Map.of());
    }

    /** The same with more settings, by their names in the environment. */
    public static Engine in(Path data, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("dermaga_adapter_dataDirectory", data.toString());
        all.put("dermaga_adapter_transport", "nio");
        return new Engine(AdapterSettings.read(List.of(SettingSource.environment(all))));
    }
}
