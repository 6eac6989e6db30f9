package io.dermaga.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dermaga.settings.Configuration;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcSettingsTest {

    private static Configuration configuration(String... more) {
        Map<String, String> all = new HashMap<>();
        all.put("dermaga.oidc.issuer", "https://login.quay.example/realms/quay");
        all.put("dermaga.oidc.clientId", "dermaga");
        all.put("dermaga.oidc.clientSecret", "of-the-quay");
        all.put("dermaga.oidc.role.admin", "harbour-masters, owners");
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return Configuration.of(all, Path.of(""));
    }

    private static IdentityProvider opened(Configuration configuration) {
        IdentityProvider provider = new IdentityProvider();
        provider.open(configuration, Clock.systemUTC());
        return provider;
    }

    @Test
    void four_settings_are_enough() {
        OidcSettings settings = OidcSettings.of(configuration());

        assertThat(settings.name()).isEqualTo("login.quay.example");
        assertThat(settings.scopes()).containsExactly("openid", "profile");
        assertThat(settings.roles())
                .isEqualTo(Map.of("admin", Set.of("harbour-masters", "owners")));
        assertThat(settings.isLogoutThere()).isTrue();
        assertThat(settings.address()).isNull();
    }

    @Test
    void the_secret_is_never_shown() {
        Configuration configuration = configuration();

        assertThat(OidcSettings.of(configuration).toString()).doesNotContain("of-the-quay");
        assertThat(configuration.effective().toString())
                .contains("dermaga.oidc.clientSecret, value=********")
                .doesNotContain("of-the-quay");
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThatThrownBy(
                        () ->
                                OidcSettings.of(
                                        configuration(
                                                "dermaga.oidc.clientSecret", "",
                                                "dermaga.oidc.role.admin", " , ",
                                                "dermaga.oidc.role.viewr", "crew",
                                                "dermaga.oidc.scopes", "profile",
                                                "dermaga.oidc.only", "yes",
                                                "dermaga.oidc.bytes", "1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("DMG4631 ")
                .hasMessageContainingAll(
                        "clientSecret", "role.…", "role.viewr", "scopes", "'yes'", "16384");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.quay.example",
                "http://127.0.0.1.quay.example",
                "http://localhost.quay.example",
                "https://user@login.quay.example",
                "https://login.quay.example?x=y",
                "ftp://localhost/",
                "login.quay.example",
                "not an address"
            })
    void an_issuer_is_reached_by_https(String issuer) {
        assertThatThrownBy(() -> OidcSettings.of(configuration("dermaga.oidc.issuer", issuer)))
                .hasMessageContaining("dermaga.oidc.issuer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:8180/realms/quay", "http://localhost:1", "http://[::1]:1"})
    void or_is_on_this_machine(String issuer) {
        assertThat(OidcSettings.of(configuration("dermaga.oidc.issuer", issuer)).issuer())
                .hasToString(issuer);
    }

    @Test
    void without_a_setting_there_is_no_provider() {
        IdentityProvider none = opened(Configuration.of(Map.of(), Path.of("")));

        assertThat(none.isInUse()).isFalse();
        assertThat(none.isOnly()).isFalse();
        assertThat(none.look()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"off, false", "on, true", "maybe, true"})
    void with_wrong_settings_it_is_not_used_and_passwords_are_taken_only_where_they_may(
            String only, boolean closed) {
        IdentityProvider wrong =
                opened(configuration("dermaga.oidc.clientId", "", "dermaga.oidc.only", only));

        assertThat(wrong.isInUse()).isFalse();
        assertThat(wrong.isOnly()).isEqualTo(closed);
        assertThat(wrong.look())
                .hasValueSatisfying(
                        check -> {
                            assertThat(check.isUsable()).isFalse();
                            assertThat(check.fact()).startsWith("DMG4631 ");
                        });
    }
}
