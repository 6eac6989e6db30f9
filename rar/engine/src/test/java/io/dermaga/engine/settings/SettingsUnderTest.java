package io.dermaga.engine.settings;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dermaga.api.monitor.EffectiveSetting;
import io.dermaga.engine.Engine;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** Settings of an activation whose default name is {@code orders}, with sources of the test's. */
final class SettingsUnderTest {

    private final Map<Setting, String> activation = new EnumMap<>(Setting.class);
    private final List<SettingSource> sources = new ArrayList<>();

    SettingsUnderTest() {
        activation.put(Setting.PORT, "8001");
    }

    SettingsUnderTest activation(Setting setting, String value) {
        activation.put(setting, value);
        return this;
    }

    /** Strongest first. */
    SettingsUnderTest source(String label, Map<String, String> values) {
        Properties properties = new Properties();
        properties.putAll(values);
        sources.add(new SettingSource.OfProperties(properties, label));
        return this;
    }

    SettingsUnderTest source(SettingSource source) {
        sources.add(source);
        return this;
    }

    ActivationSettings read() {
        return SettingsReader.read(
                activation,
                "orders",
                sources,
                Engine.rules(SettingsUnderTest.class.getClassLoader()));
    }

    ListenerSettings listener() {
        return read().listeners().get(0);
    }

    EffectiveSetting effective(Setting setting) {
        return effective(listener(), setting);
    }

    static EffectiveSetting effective(ListenerSettings listener, Setting setting) {
        return listener.effective().stream()
                .filter(one -> one.name().equals(setting.property()))
                .findFirst()
                .orElseThrow();
    }

    List<String> problems() {
        return Objects.requireNonNull(catchThrowableOfType(SettingsException.class, this::read))
                .problems();
    }
}
