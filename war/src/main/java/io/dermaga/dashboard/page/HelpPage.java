package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.EffectiveSetting;
import io.dermaga.dashboard.help.SettingHelps;
import io.dermaga.settings.KnownSetting;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;

/** Help on the settings that a page shows. */
@Named("help")
@RequestScoped
public class HelpPage {

    @Inject private SettingHelps helps;
    @Inject private Preferences preferences;

    /** Of the settings of a listener. */
    public List<SettingHelpRow> ofListener(List<EffectiveSetting> settings) {
        return rows(settings.stream().map(EffectiveSetting::name));
    }

    /** Of those of the dashboard. */
    public List<SettingHelpRow> ofDashboard(List<KnownSetting> settings) {
        return rows(settings.stream().map(KnownSetting::name));
    }

    private List<SettingHelpRow> rows(Stream<String> names) {
        return names.flatMap(
                        name ->
                                helps.find(name, preferences.getLocale()).stream()
                                        .map(
                                                help ->
                                                        new SettingHelpRow(
                                                                name,
                                                                help.text(),
                                                                help.fallback())))
                .toList();
    }
}
