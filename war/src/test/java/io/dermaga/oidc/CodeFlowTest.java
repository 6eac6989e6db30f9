package io.dermaga.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.dermaga.oidc.CodeFlow.Begun;
import io.dermaga.security.ProviderUser;
import io.dermaga.settings.Configuration;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeFlowTest {

    private static final URI CALLBACK = URI.create("https://quay.example/dermaga/oidc/callback");

    private final TestProvider provider = new TestProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    private CodeFlow flow(Configuration configuration) {
        OidcSettings settings = OidcSettings.of(configuration);
        Clock clock = Clock.systemUTC();
        return new CodeFlow(settings, new Discovery(settings, clock), clock);
    }

    private CodeFlow flow() {
        return flow(provider.configuration());
    }

    private static Map<String, String> sent(Begun begun) {
        Map<String, String> sent = new HashMap<>();
        for (String pair : begun.provider().getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            sent.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return sent;
    }

    private ProviderUser logIn(CodeFlow flow) throws LoginRefused {
        Begun begun = flow.begin(CALLBACK, false);
        provider.nonce = sent(begun).getOrDefault("nonce", "");
        return flow.end(begun.login(), answer(begun));
    }

    private static Map<String, List<String>> answer(Begun begun, String... more) {
        Map<String, List<String>> answer = new HashMap<>();
        answer.put("state", List.of(begun.login().state()));
        answer.put("code", List.of("the-code"));
        for (int i = 0; i < more.length; i += 2) {
            answer.put(more[i], List.of(more[i + 1]));
        }
        return answer;
    }

    private LoginRefused refused(CodeFlow flow) {
        return catchThrowableOfType(LoginRefused.class, () -> logIn(flow));
    }

    @Test
    void who_the_provider_has_signed_for_has_the_roles_that_his_own_give() throws Exception {
        ProviderUser user = logIn(flow());

        assertThat(user.name()).isEqualTo("oidc:ann");
        assertThat(user.subject()).isEqualTo("4711");
        assertThat(user.roles()).containsExactlyInAnyOrder("viewer", "operator");
        assertThat(user.toString()).doesNotContain(user.idToken());
    }

    @Test
    void the_code_is_worth_something_with_the_secret_and_the_verifier_of_this_login_only()
            throws Exception {
        CodeFlow flow = flow();
        Begun begun = flow.begin(CALLBACK, false);
        Map<String, String> sent = sent(begun);
        provider.nonce = sent.getOrDefault("nonce", "");
        flow.end(begun.login(), answer(begun));

        assertThat(sent)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", TestProvider.CLIENT)
                .containsEntry("redirect_uri", CALLBACK.toString())
                .containsEntry("scope", "openid profile")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("state", begun.login().state());
        assertThat(begun.provider().toString()).doesNotContain(begun.login().verifier());
        byte[] digest =
                MessageDigest.getInstance("SHA-256")
                        .digest(
                                provider.asked
                                        .getOrDefault("code_verifier", "")
                                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
                .isEqualTo(sent.get("code_challenge"));
        assertThat(provider.asked)
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "the-code")
                .containsEntry("redirect_uri", CALLBACK.toString());
        assertThat(
                        new String(
                                Base64.getDecoder()
                                        .decode(
                                                provider.asked
                                                        .getOrDefault("Authorization", "")
                                                        .substring(6)),
                                StandardCharsets.UTF_8))
                .isEqualTo("dermaga:a+secret%3A+with+%25+and+%2B"); // RFC 6749, 2.3.1
        Map<String, String> next = sent(flow.begin(CALLBACK, false));
        assertThat(next.get("state")).isNotEqualTo(sent.get("state")).hasSizeGreaterThan(40);
        assertThat(next.get("nonce")).isNotEqualTo(sent.get("nonce")).hasSizeGreaterThan(40);
        assertThat(next.get("code_challenge")).isNotEqualTo(sent.get("code_challenge"));
    }

    static Stream<Arguments> tokens() {
        return Stream.of(
                token("nonce of another login", p -> p.claims = c -> c.claim("nonce", "another")),
                token("no nonce", p -> p.claims = c -> c.claim("nonce", null)),
                token("other issuer", p -> p.claims = c -> c.issuer("https://evil.example")),
                token("other audience", p -> p.claims = c -> c.audience("another")),
                token(
                        "several audiences, made for another",
                        p ->
                                p.claims =
                                        c ->
                                                c.audience(List.of(TestProvider.CLIENT, "another"))
                                                        .claim("azp", "another")),
                token(
                        "expired",
                        p -> p.claims = c -> c.expirationTime(at(Instant.now().minusSeconds(90)))),
                token(
                        "of the future",
                        p ->
                                p.claims =
                                        c ->
                                                c.issueTime(at(Instant.now().plusSeconds(600)))
                                                        .expirationTime(
                                                                at(
                                                                        Instant.now()
                                                                                .plusSeconds(
                                                                                        900)))),
                token("no subject", p -> p.claims = c -> c.subject(null)),
                token(
                        "not signed",
                        p -> p.signing = (key, claims) -> new PlainJWT(claims).serialize()),
                token("signed with the client secret", p -> p.signing = CodeFlowTest::secret),
                token(
                        "signed with a key of the same name that is not the provider's",
                        p -> {
                            var stolen = TestProvider.key("first");
                            p.signing = (key, claims) -> TestProvider.signed(stolen, claims);
                        }),
                token("no token at all", p -> p.signing = (key, claims) -> "one.two.three"));
    }

    private static Arguments token(String what, Consumer<TestProvider> wrong) {
        return Arguments.of(what, wrong);
    }

    private static Date at(Instant instant) {
        return Date.from(instant);
    }

    private static String secret(Object key, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner("0123456789abcdef0123456789abcdef"));
            return token.serialize();
        } catch (JOSEException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void a_token_that_is_not_for_this_login_is_not_believed(
            String what, Consumer<TestProvider> wrong) {
        wrong.accept(provider);

        assertThat(refused(flow())).hasMessageStartingWith("DMG4635 ");
    }

    @Test
    void a_key_that_is_new_is_asked_for() throws Exception {
        CodeFlow flow = flow();
        logIn(flow);
        provider.key = TestProvider.key("second");

        assertThat(logIn(flow).name()).isEqualTo("oidc:ann");
    }

    @Test
    void what_the_provider_refuses_is_told_without_what_would_break_a_line() throws Exception {
        CodeFlow flow = flow();
        Begun begun = flow.begin(CALLBACK, false);
        Map<String, List<String>> answer =
                answer(begun, "error", "access_denied", "error_description", "not\nyou");
        answer.remove("code");

        assertThat(catchThrowableOfType(LoginRefused.class, () -> flow.end(begun.login(), answer)))
                .hasMessageStartingWith("DMG4634 ")
                .hasMessageContaining("access_denied")
                .hasMessageNotContaining("\n");
        provider.refusal = "{\"error\":\"invalid_grant\"}";
        assertThat(refused(flow))
                .hasMessageStartingWith("DMG4634 ")
                .hasMessageContaining("invalid_grant");
    }

    @Test
    void an_answer_of_another_issuer_is_not_believed_and_its_code_not_sent() throws Exception {
        CodeFlow flow = flow();
        Begun begun = flow.begin(CALLBACK, false);
        Map<String, List<String>> answer = answer(begun, "iss", "https://evil.example");

        assertThat(catchThrowableOfType(LoginRefused.class, () -> flow.end(begun.login(), answer)))
                .hasMessageStartingWith("DMG4635 ");
        assertThat(provider.asked).isEmpty();
    }

    @Test
    void roles_are_found_on_a_way_through_claims_and_as_a_single_text() throws Exception {
        provider.claims =
                told ->
                        told.claim("realm_access", Map.of("roles", List.of("guests", 7)))
                                .claim("https://quay.example/roles", "crew");
        assertThat(
                        logIn(
                                        flow(
                                                provider.configuration(
                                                        "dermaga.oidc.rolesClaim",
                                                        "realm_access.roles")))
                                .roles())
                .containsExactly("viewer");
        assertThat(
                        logIn(
                                        flow(
                                                provider.configuration(
                                                        "dermaga.oidc.rolesClaim",
                                                        "https://quay.example/roles")))
                                .roles())
                .contains("operator");
    }

    @Test
    void who_may_reveal_may_read_payloads_too() throws Exception {
        provider.claims = told -> told.claim("roles", List.of("notaries"));
        CodeFlow flow = flow(provider.configuration("dermaga.oidc.role.revealer", "notaries"));

        assertThat(logIn(flow).roles())
                .containsExactlyInAnyOrder("viewer", "payload-reader", "revealer");
    }

    @Test
    void who_has_no_role_is_refused_by_name() {
        provider.claims = told -> told.claim("roles", List.of("choir", "viewer", "admin"));
        assertThat(refused(flow()))
                .hasMessageStartingWith("DMG4637 ")
                .hasMessageContaining("'oidc:ann'")
                .hasMessageContaining("admin, choir, viewer")
                .satisfies(one -> assertThat(one.user()).isEqualTo("oidc:ann"));
        provider.claims = told -> told.claim("roles", Map.of("crew", "crew"));
        assertThat(refused(flow())).hasMessageStartingWith("DMG4637 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:b", "line\nbreak", "right\u202Eleft", "<b>"})
    void a_name_that_could_be_taken_for_something_else_is_refused(String name) {
        provider.claims = told -> told.claim("preferred_username", name);

        assertThat(refused(flow())).hasMessageStartingWith("DMG4636 ");
    }

    @Test
    void letters_of_any_script_are_a_name_and_none_at_all_is_not() throws Exception {
        provider.claims = told -> told.claim("preferred_username", "jörg.müller@quay.example");
        assertThat(logIn(flow()).name()).isEqualTo("oidc:jörg.müller@quay.example");
        provider.claims = told -> told.claim("preferred_username", null);
        assertThat(refused(flow())).hasMessageStartingWith("DMG4636 ");
    }

    @Test
    void a_provider_that_has_gone_meanwhile_is_away() throws Exception {
        CodeFlow flow = flow();
        Begun begun = flow.begin(CALLBACK, false);
        provider.close();

        LoginRefused refused =
                catchThrowableOfType(
                        LoginRefused.class, () -> flow.end(begun.login(), answer(begun)));
        assertThat(refused).hasMessageStartingWith("DMG4632 ");
        assertThat(refused.reason()).isEqualTo(Reason.AWAY);
    }
}
