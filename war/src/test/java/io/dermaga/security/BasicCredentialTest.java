package io.dermaga.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialTest {

    @Test
    void the_password_is_all_that_follows_the_first_colon_in_utf_8() {
        Optional<UsernamePasswordCredential> parsed =
                BasicCredential.parse("basic " + encoded("admin:a:b€"));

        assertThat(parsed.map(UsernamePasswordCredential::getCaller)).hasValue("admin");
        assertThat(parsed.map(UsernamePasswordCredential::getPasswordAsString)).hasValue("a:b€");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic ",
                "Basic !",
                "Basic YWRtaW4=", // no colon
                "Basic YTr/", // no UTF-8
                "Bearer YTpi",
                "BasicYTpi"
            })
    void what_cannot_be_read_is_no_credential(String header) {
        assertThat(BasicCredential.parse(header)).isEmpty();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
