package io.dermaga.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private final Path directory;

    ConfigurationTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void a_system_property_comes_before_the_environment_and_that_before_the_file()
            throws IOException {
        Files.writeString(directory.resolve("dermaga.properties"), "dermaga.admin.password=file\n");
        assertThat(configuration(Map.of(), Map.of()).adminPassword()).contains("file");
        var environment = Map.of("DERMAGA_ADMIN_PASSWORD", "environment");
        assertThat(configuration(Map.of(), environment).adminPassword()).contains("environment");
        var system = Map.of("dermaga.admin.password", "system");
        assertThat(configuration(system, environment).adminPassword()).contains("system");
    }

    @Test
    void without_any_source_there_is_no_password_and_a_default_directory() {
        Configuration none = configuration(Map.of(), Map.of());
        assertThat(none.adminPassword()).isEmpty();
        assertThat(none.viewerPassword()).isEmpty();
        assertThat(none.dataDirectory()).isEqualTo(directory.resolve("dermaga-data"));
    }

    @Test
    void an_empty_value_counts_as_not_set() {
        var system = Map.of("dermaga.admin.password", " ");
        var environment = Map.of("DERMAGA_ADMIN_PASSWORD", "chosen");
        assertThat(configuration(system, environment).adminPassword()).contains("chosen");
        assertThat(configuration(system, Map.of("DERMAGA_ADMIN_PASSWORD", "")).adminPassword())
                .isEmpty();
    }

    @Test
    void another_file_can_be_named() throws IOException {
        Files.writeString(directory.resolve("other"), "dermaga.data=/srv/dermaga\n");
        assertThat(configuration(Map.of("dermaga.config", "other"), Map.of()).dataDirectory())
                .isEqualTo(Path.of("/srv/dermaga"));
    }

    @Test
    void a_history_is_kept_unless_it_is_switched_off() {
        Configuration none = configuration(Map.of(), Map.of());
        assertThat(none.isHistoryKept()).isTrue();
        assertThat(none.historyDays()).isEqualTo(30);
        assertThat(none.historyMessages()).isEqualTo(1_000_000);
        assertThat(none.historyBytes()).isEqualTo(1L << 30);
        assertThat(configuration(Map.of("dermaga.history", "OFF"), Map.of()).isHistoryKept())
                .isFalse();
        assertThat(configuration(Map.of("dermaga.history.days", "7"), Map.of()).historyDays())
                .isEqualTo(7);
    }

    @Test
    void sessions_audit_and_roles_have_safe_defaults_and_limits() {
        Configuration none = configuration(Map.of(), Map.of());
        assertThat(none.sessionIdleMinutes()).isEqualTo(30);
        assertThat(none.sessionHours()).isEqualTo(12);
        assertThat(none.auditBytes()).isEqualTo(64L << 20);
        assertThat(none.isHttpsOnly()).isFalse();
        assertThat(none.viewerRoles()).isEmpty();
        assertThat(
                        configuration(Map.of("dermaga.viewer.roles", "payload-reader"), Map.of())
                                .viewerRoles())
                .containsExactly("payload-reader");
        assertThatThrownBy(
                        () ->
                                configuration(Map.of("dermaga.viewer.roles", "admin"), Map.of())
                                        .viewerRoles())
                .hasMessage(
                        "DMG4204 property 'dermaga.viewer.roles': given 'admin', allowed:"
                                + " payload-reader, or nothing");
        assertThatThrownBy(
                        configuration(Map.of("dermaga.session.hours", "0"), Map.of())::sessionHours)
                .hasMessageContaining("allowed: 1 to 720");
        assertThatThrownBy(
                        configuration(Map.of("dermaga.audit.bytes", "1000"), Map.of())::auditBytes)
                .hasMessageContaining("allowed: 1048576 to");
    }

    @Test
    void a_bad_setting_of_the_history_is_said_with_what_is_allowed() {
        assertThatThrownBy(configuration(Map.of("dermaga.history", "yes"), Map.of())::isHistoryKept)
                .hasMessage("DMG4204 property 'dermaga.history': given 'yes', allowed: on, off");
        for (String bad : new String[] {"0", "-1", "7d", "36501", "99999999999999999999"}) {
            assertThatThrownBy(
                            configuration(Map.of("dermaga.history.days", bad), Map.of())
                                    ::historyDays)
                    .hasMessage(
                            "DMG4204 property 'dermaga.history.days': given '%s', allowed: 1 to 36500",
                            bad);
        }
    }

    @Test
    void rules_for_alerts_are_found_by_their_prefix_with_the_place_where_they_stand()
            throws IOException {
        Files.writeString(
                directory.resolve("dermaga.properties"),
                "dermaga.alert.quiet-lab = silence(a) \ndermaga.alert.disk=off\ndermaga.alerts.webhook=x\n");
        var environment =
                Map.of("DERMAGA_ALERT_QUIET_LAB", "silence(b)", "DERMAGA_ALERT_ON_CALL", "c");
        var system = Map.of("dermaga.alert.disk", "disk(d)", "dermaga.alert.none", " ");
        String file = "file " + directory.resolve("dermaga.properties");

        assertThat(configuration(Map.of(), Map.of()).alertRules())
                .isEqualTo(
                        Map.of(
                                "quiet-lab", rule("quiet-lab", "silence(a)", file),
                                "disk", rule("disk", "off", file)));
        assertThat(configuration(system, environment).alertRules())
                .isEqualTo(
                        Map.of(
                                "quiet-lab",
                                rule(
                                        "quiet-lab",
                                        "silence(b)",
                                        "environment DERMAGA_ALERT_QUIET_LAB"),
                                "on-call",
                                rule("on-call", "c", "environment DERMAGA_ALERT_ON_CALL"),
                                "disk",
                                rule("disk", "disk(d)", "system property dermaga.alert.disk")));
    }

    private static KnownSetting rule(String name, String value, String source) {
        return new KnownSetting("dermaga.alert." + name, value, source);
    }

    @Test
    void what_is_secret_of_a_webhook_is_hidden() {
        var system =
                Map.of(
                        "dermaga.alerts.webhook", "https://h/token",
                        "dermaga.alerts.webhook.secret", "key",
                        "dermaga.alerts.webhook.authorization", "Bearer x");
        Configuration given = configuration(system, Map.of());

        assertThat(given.alertWebhook()).contains("https://h/token");
        assertThat(given.alertWebhookSecret()).contains("key");
        assertThat(given.alertWebhookAuthorization()).contains("Bearer x");
        assertThat(given.effective())
                .filteredOn(one -> one.name().startsWith("dermaga.alerts."))
                .hasSize(3)
                .allMatch(one -> one.value().equals("********"));
    }

    @Test
    void headers_for_a_collector_are_hidden() {
        assertThat(configuration(Map.of("dermaga.trace.headers", "a=secret"), Map.of()).effective())
                .filteredOn(one -> one.name().equals("dermaga.trace.headers"))
                .extracting(KnownSetting::value)
                .containsExactly("********");
    }

    @Test
    void a_malformed_file_is_said_with_its_number() throws IOException {
        Files.writeString(directory.resolve("dermaga.properties"), "a=\\uZZZZ\n");
        assertThatThrownBy(() -> configuration(Map.of(), Map.of()).adminPassword())
                .hasMessageStartingWith("DMG4004");
    }

    private Configuration configuration(
            Map<String, String> system, Map<String, String> environment) {
        return new Configuration(new SettingSources(system, environment, directory));
    }
}
