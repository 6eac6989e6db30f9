package io.dermaga.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dermaga.settings.Configuration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** An identity provider that answers as a test wants it, by HTTP and with true signatures. */
final class TestProvider implements AutoCloseable {

    static final String CLIENT = "dermaga";
    static final String SECRET = "a secret: with % and +";

    private static final RSAKey KEY = key("first");

    private final HttpServer server;

    /** Key with which it signs, and which it publishes. */
    RSAKey key = KEY;

    /** What it tells of itself. */
    UnaryOperator<String> discovery = told -> told;

    /** Location that takes the place of what it tells of itself; empty: none. */
    String elsewhere = "";

    /** Claims of the token, which begin as they should be. */
    UnaryOperator<JWTClaimsSet.Builder> claims = told -> told;

    /** Makes a token of claims. */
    BiFunction<RSAKey, JWTClaimsSet, String> signing = TestProvider::signed;

    /** Answer to the code; empty: a token. */
    String refusal = "";

    /** What came last for a code: parameters, and the header as {@code Authorization}. */
    Map<String, String> asked = Map.of();

    /** How often it was asked what it is. */
    final AtomicInteger discoveries = new AtomicInteger();

    /** The nonce that it puts into tokens. */
    String nonce = "";

    TestProvider() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        server.createContext("/.well-known/openid-configuration", this::discover);
        server.createContext("/token", this::token);
        server.createContext(
                "/keys",
                exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
        server.start();
    }

    static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException failed) {
            throw new IllegalStateException(failed);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Settings that lead here, and more. */
    Configuration configuration(String... more) {
        Map<String, String> all = new HashMap<>();
        all.put("dermaga.oidc.issuer", issuer());
        all.put("dermaga.oidc.clientId", CLIENT);
        all.put("dermaga.oidc.clientSecret", SECRET);
        all.put("dermaga.oidc.timeoutSeconds", "1");
        all.put("dermaga.oidc.role.viewer", "crew, guests");
        all.put("dermaga.oidc.role.operator", "crew");
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return Configuration.of(all, Path.of(""));
    }

    private void discover(HttpExchange exchange) throws IOException {
        discoveries.incrementAndGet();
        if (!elsewhere.isEmpty()) {
            exchange.getResponseHeaders().set("Location", elsewhere);
            answer(exchange, 302, "");
            return;
        }
        answer(exchange, 200, discovery.apply(description(issuer())));
    }

    static String description(String issuer) {
        return """
        {"issuer":"ISSUER","authorization_endpoint":"ISSUER/authorize",
         "token_endpoint":"ISSUER/token","jwks_uri":"ISSUER/keys",
         "end_session_endpoint":"ISSUER/logout",
         "response_types_supported":["code"],"subject_types_supported":["public"],
         "id_token_signing_alg_values_supported":["RS256"],
         "code_challenge_methods_supported":["S256"]}
        """
                .replace("ISSUER", issuer);
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> parameters = new HashMap<>();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        for (String pair : body.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        parameters.put("Authorization", exchange.getRequestHeaders().getFirst("Authorization"));
        asked = parameters;
        if (!refusal.isEmpty()) {
            answer(exchange, 400, refusal);
            return;
        }
        Instant now = Instant.now();
        JWTClaimsSet.Builder told =
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .subject("4711")
                        .audience(CLIENT)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(60)))
                        .claim("nonce", nonce)
                        .claim("preferred_username", "ann")
                        .claim("roles", List.of("crew", "choir"));
        answer(
                exchange,
                200,
                """
                {"access_token":"opaque","token_type":"Bearer","id_token":"%s"}
                """
                        .formatted(signing.apply(key, claims.apply(told).build())));
    }

    static String signed(RSAKey key, JWTClaimsSet claims) {
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                        claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException failed) {
            throw new IllegalStateException(failed);
        }
        return token.serialize();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (exchange;
                var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
