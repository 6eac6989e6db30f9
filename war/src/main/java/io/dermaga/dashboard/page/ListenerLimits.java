package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.EffectiveSetting;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.Rates;
import io.dermaga.dashboard.text.ByteRate;
import io.dermaga.dashboard.text.Visible;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect to a listener and how much goes through it, as an operator changes it while it is
 * open. The fields have what was in force when the page was opened.
 */
@Named("listenerLimits")
@ViewScoped
public class ListenerLimits implements Serializable {

    /** Names of the settings, in the order of {@link Rates}. */
    private static final List<String> RATES =
            List.of("readRate", "connectionReadRate", "writeRate", "connectionWriteRate");

    private static final String CHANGE_RATES = "listeners.rates";

    @Inject private ConnectedMonitor monitor;
    @Inject private Operator operator;
    @Inject private ListenerPage page;

    private @Nullable Map<String, @Nullable String> values;

    /** By name of the setting, for the fields. */
    public Map<String, @Nullable String> getValues() {
        Map<String, @Nullable String> known = values;
        if (known == null) {
            known = new HashMap<>();
            for (EffectiveSetting one : settings()) {
                if (RATES.contains(one.name())
                        || one.name().equals("allow")
                        || one.name().equals("deny")) {
                    known.put(one.name(), one.value());
                }
            }
            values = known;
        }
        return known;
    }

    private List<EffectiveSetting> settings() {
        String name = page.getName();
        return monitor.ask(Monitor::snapshot).stream()
                .flatMap(snapshot -> snapshot.listeners().stream())
                .filter(listener -> listener.name().equals(name))
                .map(ListenerSnapshot::settings)
                .findFirst()
                .orElse(List.of());
    }

    public List<String> getRates() {
        return RATES;
    }

    private String value(String name) {
        return Optional.ofNullable(getValues().get(name)).orElse("");
    }

    /** Changes who may connect. */
    public void changeAccess() {
        String allow = value("allow");
        String deny = value("deny");
        change(
                "listeners.access",
                "accessChanged",
                (source, actor) -> source.changeAccess(name(), allow, deny, actor));
    }

    /** Changes how much goes through. */
    public void changeRates() {
        long[] bytes = new long[RATES.size()];
        for (int i = 0; i < bytes.length; i++) {
            String given = value(RATES.get(i));
            Optional<Long> read = ByteRate.parse(given);
            if (read.isEmpty()) {
                String setting = RATES.get(i);
                operator.act(
                        CHANGE_RATES,
                        name(),
                        actor -> Answer.refused("rateRefused", setting, Visible.line(given)));
                return;
            }
            bytes[i] = read.get();
        }
        Rates rates = new Rates(bytes[0], bytes[1], bytes[2], bytes[3]);
        change(
                CHANGE_RATES,
                "ratesChanged",
                (source, actor) -> source.changeRates(name(), rates, actor));
    }

    private void change(String name, String done, BiConsumer<Monitor, String> action) {
        operator.act(
                name,
                name(),
                actor ->
                        monitor.ask(
                                        source -> {
                                            action.accept(source, actor);
                                            return Answer.done(done);
                                        })
                                .orElseGet(() -> Answer.notDone("offline")));
    }

    private String name() {
        return Optional.ofNullable(page.getName()).orElse("");
    }
}
