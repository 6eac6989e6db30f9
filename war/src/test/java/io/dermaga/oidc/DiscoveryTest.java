package io.dermaga.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoveryTest {

    private final TestProvider provider = new TestProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    private OidcSettings settings(String... more) {
        return OidcSettings.of(provider.configuration(more));
    }

    private Discovery discovery(String... more) {
        return new Discovery(settings(more), Clock.systemUTC());
    }

    private static LoginRefused refused(Discovery discovery) {
        return catchThrowableOfType(LoginRefused.class, discovery::find);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ISSUER\",\"auth         | ISSUER/\",\"auth          | it says that it is",
                "ISSUER/token            | http://quay.example/token   | token_endpoint",
                "ISSUER/keys             | ftp://127.0.0.1/keys        | jwks_uri",
                "[\"code\"]              | [\"id_token\"]              | no authorization code flow",
                "[\"S256\"]              | [\"plain\"]                 | no PKCE",
                "{                       | [                           | nvalid"
            })
    void what_cannot_be_used_is_told(String part, String instead, String why) {
        provider.discovery =
                told ->
                        told.replace(
                                part.replace("ISSUER", provider.issuer()),
                                instead.replace("ISSUER", provider.issuer()));

        assertThat(refused(discovery()))
                .hasMessageStartingWith("DMG4632 identity provider " + provider.issuer())
                .hasMessageContaining(why);
    }

    @Test
    void a_description_without_end_is_cut() {
        provider.discovery = told -> told.strip() + " ".repeat(20_000);

        assertThat(refused(discovery("dermaga.oidc.bytes", "16384")))
                .hasMessageContaining("more than 16384 bytes");
    }

    @Test
    void nobody_is_led_elsewhere() {
        try (TestProvider other = new TestProvider()) {
            provider.elsewhere = other.issuer() + "/.well-known/openid-configuration";

            assertThat(refused(discovery())).hasMessageContaining("status 302");
            assertThat(other.discoveries).hasValue(0);
        }
    }

    @Test
    void who_takes_a_connection_and_says_nothing_is_away_in_time() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Discovery discovery =
                    discovery("dermaga.oidc.issuer", "http://127.0.0.1:" + silent.getLocalPort());

            assertThat(refused(discovery)).hasMessageStartingWith("DMG4632 ");
        }
    }

    @Test
    void many_who_want_to_log_in_ask_once_whether_it_is_there_or_not() throws Exception {
        SteppedClock clock = new SteppedClock();
        Discovery discovery = new Discovery(settings(), clock);
        discovery.find();
        discovery.find();
        assertThat(provider.discoveries).hasValue(1);

        clock.step(Duration.ofSeconds(11));
        provider.discovery = told -> "";
        assertThat(refused(discovery)).isNotNull();
        assertThat(refused(discovery)).hasMessageContaining("asked a moment ago");
        assertThat(provider.discoveries).hasValue(2);

        clock.step(Duration.ofSeconds(4));
        provider.discovery = told -> told;
        assertThat(discovery.find()).isNotNull();
    }

    @Test
    void the_doctor_is_told_of_keys_and_of_a_clock_that_goes_wrong() {
        SteppedClock clock = new SteppedClock();
        ProviderCheck good = ProviderCheck.of(settings(), new Discovery(settings(), clock));
        assertThat(good.isUsable()).isTrue();
        assertThat(good.isInTime()).isTrue();
        assertThat(good.fact()).startsWith(provider.issuer() + ": 1 keys, clock ");

        clock.step(Duration.ofMinutes(-2));
        ProviderCheck late = ProviderCheck.of(settings(), new Discovery(settings(), clock));
        assertThat(late.isUsable()).isTrue();
        assertThat(late.isInTime()).isFalse();

        provider.close();
        ProviderCheck away = ProviderCheck.of(settings(), new Discovery(settings(), clock));
        assertThat(away.isUsable()).isFalse();
        assertThat(away.fact()).startsWith("DMG4632 ");
    }

    /** Begins at the true time, which the provider's answers have. */
    private static final class SteppedClock extends Clock {

        private Instant now = Instant.now();

        void step(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
