package io.dermaga.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Nothing is silently repaired: what is not valid is said, all of it at once. */
class BadSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "NAME, 'a b'",
        "NAME, 'a.b'",
        "NAME, ' '",
        "LISTENERS, 'a,a'",
        "LISTENERS, 'a,,b'",
        "LISTENERS, 'a b'",
        "HOST, ' '",
        "HOST, '127.0.0.1,,::1'",
        "HOST, '::1, ::1'",
        "MODE, CLIENT",
        "CONNECTIONS, 0",
        "CONNECT_TIMEOUT, 99ms",
        "RECONNECT_MIN, 2h",
        "RECONNECT_MAX, 25h",
        "PORT, ' '",
        "PORT, 65536",
        "PORT, -1",
        "PORT, http",
        "PORT, 8001.0",
        "BACKLOG, 0",
        "BACKLOG, 65536",
        "FRAMING, frames",
        "GROUP, a b",
        "COPIES, 'a,a b'",
        "COPIES, 'a,a'",
        "COPIES, 'a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q'",
        "ENVELOPE, strip",
        "ON_OVERSIZE, DEAD",
        "ON_EMPTY, DROP",
        "ON_INCOMPLETE, KEEP",
        "ON_INCOMPLETE, DELIVER",
        "FRAMING, length(9)",
        "FRAMING, ' '",
        "CHARSET, UTF-9",
        "CHARSET, 'no name'",
        "CHARSET, ' '",
        "CHARSET_FROM, HL7",
        "DURABILITY, DISK",
        "ACKNOWLEDGE, ALWAYS",
        "ACK, OK",
        "ACK, ''''",
        "ACK, 0x0",
        "NAK, 15",
        "MAX_DELIVERIES, 0",
        "MAX_DELIVERIES, 1001",
        "REDELIVERY_MIN, 0ms",
        "REDELIVERY_MAX, 25h",
        "ON_POISON, DROP",
        "DEAD_LETTERS, false",
        "IDEMPOTENCY_KEY, none",
        "IDEMPOTENCY_KEY, ' '",
        "IDEMPOTENCY_KEY, MSH-3",
        "IDEMPOTENCY_KEY, 'bytes(0,0)'",
        "IDEMPOTENCY_KEY, 'bytes(65535,2)'",
        "IDEMPOTENCY_KEY, 'bytes(-1,2)'",
        "IDEMPOTENCY_KEY, bytes(4)",
        "IDEMPOTENCY_KEY, regex",
        "IDEMPOTENCY_KEY, regex()",
        "IDEMPOTENCY_KEY, regex((a)",
        "IDEMPOTENCY_KEY, regex((a)\\1)",
        "IDEMPOTENCY_KEY, regex(a(?=b))",
        "IDEMPOTENCY_WINDOW, 999ms",
        "IDEMPOTENCY_WINDOW, 169h",
        "IDEMPOTENCY_CAPACITY, 63KiB",
        "IDEMPOTENCY_CAPACITY, 2GiB",
        "CONCURRENCY, 0",
        "CONCURRENCY, 1001",
        "MAX_BATCH, 0",
        "MAX_BATCH, 100001",
        "MAX_CONNECTIONS, 0",
        "MAX_CONNECTIONS, 1000001",
        "MAX_CONNECTIONS, unlimited",
        "MAX_PAYLOAD, 0",
        "MAX_PAYLOAD, 2TiB",
        "MAX_PAYLOAD, 16MB",
        "MAX_PAYLOAD, -1",
        "SPILL_THRESHOLD, 4095",
        "SPILL_THRESHOLD, 2GiB",
        "HIGH_WATERMARK, 1KiB",
        "HIGH_WATERMARK, 2GiB",
        "BUDGET, 1023KiB",
        "BUDGET, 2TiB",
        "MAX_WRITE_BUFFER, 63KiB",
        "MAX_WRITE_BUFFER, 2GiB",
        "IDLE_TIMEOUT, 99ms",
        "IDLE_TIMEOUT, 25h",
        "IDLE_TIMEOUT, 30",
        "FRAME_TIMEOUT, 0s",
        "FRAME_TIMEOUT, 1d",
        "DRAIN_TIMEOUT, 11m",
        "DRAIN_TIMEOUT, -1s",
        "ALLOW_HALF_OPEN, yes",
        "NO_DELAY, TRUE",
        "KEEP_ALIVE, 1",
        "KEEP_ALIVE_IDLE, 500ms",
        "KEEP_ALIVE_IDLE, 10h",
        "KEEP_ALIVE_INTERVAL, 1500ms",
        "KEEP_ALIVE_COUNT, 128",
        "PAUSE_ON_CONNECT, later",
        "REUSE_ADDRESS, no",
        "REUSE_PORT, 1",
        "RECEIVE_BUFFER, 4095",
        "SEND_BUFFER, 2GiB",
        "LINGER, 0s",
        "LINGER, 2500ms",
        "LINGER, 61s",
        "TRAFFIC_CLASS, 256",
        "IPV6_ONLY, yes",
        "RECORD_BYTES, 2MiB",
        "RECORD_BYTES, all",
        "HANDSHAKE_TIMEOUT, 99ms",
        "HANDSHAKE_TIMEOUT, 11m",
        "FIRST_BYTE_TIMEOUT, 25h",
        "READ_TIMEOUT, never",
        "WRITE_TIMEOUT, 0s",
        "ALLOW, 10.0.0.0/33",
        "ALLOW, localhost",
        "DENY, 10.0.0.1/8",
        "DENY, ::1/129",
        "PROXY_FROM, 10.0.0",
        "MAX_CONNECTIONS_PER_ADDRESS, 0",
        "ACCEPT_RATE, 1000001",
        "READ_RATE, 1",
        "CONNECTION_READ_RATE, fast",
        "WRITE_RATE, 2TiB",
        "CONNECTION_WRITE_RATE, -1",
        "TLS, on",
        "TLS_PROTOCOLS, TLSv1.1",
        "TLS_CLIENT_AUTH, ALWAYS",
        "TLS_REVOCATION, SOFT",
        "TLS_PROVIDER, BORINGSSL",
        "TLS_CLOSE_NOTIFY, false",
        "TLS_EXPIRY_WARNING, 9000h"
    })
    void a_bad_value_is_refused_with_name_given_and_allowed(Setting setting, String value) {
        assertThat(new SettingsUnderTest().activation(setting, value).problems())
                .anySatisfy(
                        problem ->
                                assertThat(problem)
                                        .startsWith("DMG1001 ")
                                        .contains("property '" + setting.property() + "'")
                                        .contains("given '" + value.strip())
                                        .contains("(activation), allowed: ")
                                        .contains(allowedWords(setting)));
    }

    private static String allowedWords(Setting setting) {
        return switch (setting) {
            case LISTENERS -> "letters, digits";
            case FRAMING -> "length";
            case ON_INCOMPLETE -> "DISCARD";
            default -> setting.allowed();
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            mode = Mode.EXCLUDE,
            names = {"TLS_PASSWORD", "TLS_TRUST_PASSWORD"})
    void every_setting_has_a_bad_value(Setting setting) {
        SettingsUnderTest settings = new SettingsUnderTest().activation(setting, "\u0000 ?");
        switch (setting) {
            case HOST -> settings.activation(setting, "");
            case TLS_KEY -> settings.activation(Setting.TLS_CERTIFICATE, "none.pem");
            case TLS_CIPHERS -> settings.activation(Setting.TLS, "REQUIRED");
            case TLS_TRUST -> settings.activation(Setting.TLS_CLIENT_AUTH, "NEED");
            case TLS_APPLICATION_PROTOCOLS -> settings.activation(setting, "x".repeat(256));
            default -> {
                // as it is
            }
        }
        assertThat(settings.problems())
                .anyMatch(problem -> problem.contains("property '" + setting.property() + "'"));
    }

    @Test
    void all_problems_are_said_at_once_and_once() {
        SettingsUnderTest settings =
                new SettingsUnderTest()
                        .activation(Setting.LISTENERS, "east,west")
                        .activation(Setting.PORT, "x")
                        .activation(Setting.CONCURRENCY, "0")
                        .activation(Setting.FRAMING, "frames")
                        .source("file f ", Map.of("dermaga.orders.bakclog", "3"));
        assertThat(settings.problems())
                .doesNotHaveDuplicates()
                .anyMatch(one -> one.contains("'port' of listener 'east'"))
                .anyMatch(one -> one.contains("'port' of listener 'west'"))
                .anyMatch(one -> one.contains("'concurrency'"))
                .anyMatch(one -> one.contains("'framing' of listener 'west'"))
                .anyMatch(one -> one.startsWith("DMG1002") && one.contains("'bakclog'"));
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(settings::read)
                .withMessageStartingWith("activation 'orders' is not valid: DMG1002 ")
                .withMessageContaining("; DMG1001 ");
    }

    @Test
    void a_group_and_a_framing_of_the_application_do_not_go_together() {
        assertThat(
                        new SettingsUnderTest()
                                .activation(Setting.GROUP, "g")
                                .activation(
                                        Setting.FRAMING, "custom(io.dermaga.engine.FailingFraming)")
                                .problems())
                .singleElement()
                .asString()
                .contains("property 'group' of listener 'orders'", "given 'g'", "custom(");
    }

    @Test
    void copies_without_a_spool_or_with_an_answer_of_a_delivery_are_refused() {
        SettingsUnderTest settings =
                new SettingsUnderTest()
                        .activation(Setting.COPIES, "a,b")
                        .activation(Setting.GROUP, "a");
        assertThat(settings.problems())
                .singleElement()
                .asString()
                .contains(
                        "property 'copies' of listener 'orders'", "given 'a,b'", "with one answer");
        settings.activation(Setting.DURABILITY, "SPOOLED");
        assertThat(settings.problems()).hasSize(1);
        settings.activation(Setting.ACKNOWLEDGE, "ON_SPOOL");
        assertThat(settings.read().listeners().get(0).delivery().copies())
                .containsExactly("a", "b");
    }

    @Test
    void a_payload_that_is_too_large_cannot_be_kept_where_no_dead_letters_are() {
        SettingsUnderTest settings =
                new SettingsUnderTest()
                        .activation(Setting.ON_OVERSIZE, "DEAD_LETTER")
                        .activation(Setting.DEAD_LETTERS, "NONE");
        assertThat(settings.problems())
                .singleElement()
                .asString()
                .contains("property 'onOversize'", "given 'DEAD_LETTER'", "deadLetters=NONE");
        settings.activation(Setting.DEAD_LETTERS, "DURABLE");
        assertThat(settings.read().listeners()).hasSize(1);
    }

    @Test
    void a_port_has_no_default() {
        assertThat(new SettingsUnderTest().activation(Setting.PORT, "").problems())
                .singleElement()
                .asString()
                .contains("property 'port'", "given ''", "0 to 65535");
    }

    @Test
    void an_unknown_property_in_a_file_is_refused_with_its_place() {
        assertThat(
                        new SettingsUnderTest()
                                .source("file /etc/d ", Map.of("dermaga.orders.Port", "1"))
                                .problems())
                .singleElement()
                .asString()
                .startsWith("DMG1002 unknown property 'Port' on listener 'orders'")
                .contains("(file /etc/d dermaga.orders.Port)")
                .contains("allowed are name, listeners, group, copies, host, port");
    }

    @Test
    void an_unknown_system_property_is_refused() {
        String key = "dermaga.only-in-this-test.prot";
        System.setProperty(key, "1");
        try {
            assertThat(
                            new SettingsUnderTest()
                                    .activation(Setting.NAME, "only-in-this-test")
                                    .source(SettingSource.systemProperties())
                                    .problems())
                    .singleElement()
                    .asString()
                    .startsWith("DMG1002")
                    .contains("(system property " + key + ")");
        } finally {
            System.clearProperty(key);
        }
    }

    @Test
    void words_that_are_parted_in_the_environment_are_refused() {
        assertThat(
                        new SettingsUnderTest()
                                .source(
                                        SettingSource.environment(
                                                Map.of(
                                                        "DERMAGA_ORDERS_MAX_PAYLOAD",
                                                        "1MiB",
                                                        "DERMAGA_ORDERS_EU_PORT",
                                                        "9")))
                                .problems())
                .singleElement()
                .asString()
                .startsWith("DMG1002 unknown property 'MAX_PAYLOAD'");
    }

    @Test
    void a_name_is_given_by_the_activation_alone() {
        assertThat(
                        new SettingsUnderTest()
                                .source("file f ", Map.of("dermaga.orders.name", "other"))
                                .problems())
                .singleElement()
                .asString()
                .contains("DMG1001 ", "'name'", "given 'other'", "only in the activation");
    }

    @Test
    void plain_text_and_certificates_that_are_needed_do_not_go_together() {
        assertThat(
                        new SettingsUnderTest()
                                .activation(Setting.TLS, "OPTIONAL")
                                .activation(Setting.TLS_CLIENT_AUTH, "NEED")
                                .problems())
                .anyMatch(one -> one.contains("'tlsClientAuth'") && one.contains("tls=OPTIONAL"));
    }

    @Test
    void an_unknown_environment_variable_is_refused() {
        assertThat(
                        new SettingsUnderTest()
                                .source(
                                        SettingSource.environment(
                                                Map.of("DERMAGA_ORDERS_PROT", "1")))
                                .problems())
                .singleElement()
                .asString()
                .startsWith("DMG1002 unknown property 'PROT'")
                .contains("(environment DERMAGA_ORDERS_PROT)");
    }

    @Test
    void keys_of_other_listeners_are_no_concern() {
        assertThat(
                        new SettingsUnderTest()
                                .source("file f ", Map.of("dermaga.other.nonsense", "1"))
                                .source(
                                        SettingSource.environment(
                                                Map.of("DERMAGA_ORDERS_EU_NONSENSE", "1")))
                                .read()
                                .name())
                .isEqualTo("orders");
    }

    @Test
    void an_acknowledgement_on_spool_without_a_spool_is_refused() {
        assertThat(new SettingsUnderTest().activation(Setting.ACKNOWLEDGE, "ON_SPOOL").problems())
                .contains(
                        "DMG1001 property 'acknowledge' of listener 'orders': given 'ON_SPOOL' (activation), allowed: ON_DELIVERY, NEVER, since durability=MEMORY has no spool");
    }
}
