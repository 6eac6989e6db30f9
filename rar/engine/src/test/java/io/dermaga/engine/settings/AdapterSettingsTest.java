package io.dermaga.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of the adapter as a whole. */
class AdapterSettingsTest {

    @Test
    void defaults_are_bounded() {
        AdapterSettings settings = AdapterSettings.defaults();
        assertThat(settings.transport()).isEqualTo(TransportKind.AUTO);
        assertThat(settings.ioThreads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(settings.budget()).hasToString("256MiB");
        assertThat(settings.spillCapacity()).hasToString("16GiB");
        assertThat(settings.recordCapacity()).hasToString("16MiB");
        assertThat(settings.dataDirectory()).isEqualTo(Path.of("dermaga-data"));
        assertThat(settings.deadLetterCapacity()).hasToString("1GiB");
    }

    @Test
    void values_are_taken_from_the_strongest_source() {
        SettingSource strong =
                SettingSource.environment(
                        Map.of(
                                "DERMAGA_ADAPTER_TRANSPORT",
                                "nio",
                                "DERMAGA_ADAPTER_BUDGET",
                                "8MiB"));
        SettingSource weak =
                SettingSource.environment(
                        Map.of(
                                "DERMAGA_ADAPTER_BUDGET", "16MiB",
                                "DERMAGA_ADAPTER_IOTHREADS", "3",
                                "DERMAGA_ADAPTER_DATADIRECTORY", " /var/dermaga",
                                "DERMAGA_ADAPTER_DEADLETTERCAPACITY", "0B",
                                "DERMAGA_ADAPTER_SPILLDIRECTORY", "/var/spill "));
        AdapterSettings settings = AdapterSettings.read(List.of(strong, weak));
        assertThat(settings.transport()).isEqualTo(TransportKind.NIO);
        assertThat(settings.budget()).hasToString("8MiB");
        assertThat(settings.ioThreads()).isEqualTo(3);
        assertThat(settings.spillDirectory()).isEqualTo(Path.of("/var/spill"));
        assertThat(settings.dataDirectory()).isEqualTo(Path.of("/var/dermaga"));
        assertThat(settings.deadLetterCapacity()).hasToString("0B");
    }

    @Test
    void an_unknown_name_is_refused_with_its_place() {
        SettingSource source =
                SettingSource.environment(Map.of("DERMAGA_ADAPTER_SPILLDIR", "/var/spill"));
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> AdapterSettings.read(List.of(source)))
                .withMessageContaining(
                        "DMG1002 unknown property 'SPILLDIR' of the adapter (environment DERMAGA_ADAPTER_SPILLDIR)")
                .withMessageContaining("spillDirectory");
    }

    @Test
    void a_file_that_somebody_has_named_must_be_there(@TempDir Path directory) {
        Path missing = directory.resolve("missing.properties");
        assertThat(SettingSource.file(missing).value("dermaga.x.port")).isNull();
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> SettingSource.namedFile(missing))
                .withMessageContaining("DMG1005 file '" + missing + "' cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "transport, kqueue, 'auto, epoll, io_uring, nio'",
        "ioThreads, -1, 0 (one per processor) to 1024",
        "ioThreads, 1025, 0 (one per processor) to 1024",
        "ioThreads, many, 0 (one per processor) to 1024",
        "budget, 1MiB, 4MiB to 1TiB",
        "spillCapacity, 1PiB, 0B to 1024TiB",
        "recordCapacity, 2GiB, 0B to 1GiB",
        "dataDirectory, '', the path of a directory",
        "deadLetterCapacity, 2TiB, 0B to 1TiB",
        "spoolCapacity, 1B, 1MiB to 1024TiB",
        "spoolReserve, 2PiB, 0B to 1024TiB",
        "spool, 'http://a:1', 'tcp://host:port, separated by commas'",
        "spool, 'tcp://a', 'tcp://host:port, separated by commas'",
        "spool, 'a b', 'embedded, or tcp://host:port, separated by commas'"
    })
    void a_bad_value_is_refused_with_name_given_and_allowed(
            String property, String value, String allowed) {
        Map<String, String> values = Map.of("dermaga_adapter_" + property, value);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> AdapterSettings.read(List.of(SettingSource.environment(values))))
                .withMessageContaining(
                        "DMG1001 property 'dermaga.adapter.%s': given '%s', allowed: %s",
                        property, value, allowed);
    }

    @Test
    void all_problems_are_said_at_once() {
        Map<String, String> values =
                Map.of("dermaga_adapter_budget", "x", "dermaga_adapter_ioThreads", "y");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> AdapterSettings.read(List.of(SettingSource.environment(values))))
                .satisfies(fault -> assertThat(fault.problems()).hasSize(2));
    }
}
