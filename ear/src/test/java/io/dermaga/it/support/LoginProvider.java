package io.dermaga.it.support;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A small OpenID provider of its own, which shares no code with the product: discovery, the
 * authorization code flow with PKCE, keys, logout. Its users need no password. It is another site
 * than the dashboard for a browser: {@code localhost}, not {@code 127.0.0.1}.
 */
public final class LoginProvider implements AutoCloseable {

    /** What the product is known by. */
    public static final String CLIENT = "dermaga";

    /** Its secret. */
    public static final String SECRET = "secret-of-the-tests";

    /** Users with their roles, which {@code realm_access.roles} of the token has. */
    private static final Map<String, List<String>> USERS =
            Map.of(
                    "ann", List.of("crew", "choir"),
                    "vic", List.of("guests"),
                    "nob", List.of("choir"),
                    "admin", List.of("guests", "admin"));

    private static final KeyPair KEYS = keys();

    private record Code(String user, Map<String, String> request) {}

    private final HttpServer server;
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private volatile Consumer<JsonObject> change = claims -> {};
    private volatile Map<String, String> loggedOut = Map.of();

    /** Begins to answer on this port. */
    public LoginProvider(int port) {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        server.createContext("/.well-known/openid-configuration", this::discover);
        server.createContext("/keys", exchange -> json(exchange, 200, published()));
        server.createContext("/authorize", this::ask);
        server.createContext("/pick", this::pick);
        server.createContext("/token", this::token);
        server.createContext("/logout", this::logOut);
        server.start();
    }

    /** Its address. */
    public static String issuer(int port) {
        return "http://localhost:" + port;
    }

    private String issuer() {
        return issuer(server.getAddress().getPort());
    }

    /** Changes the claims of each token from now on. */
    public void change(Consumer<JsonObject> claims) {
        change = claims;
    }

    /** Parameters with which a browser was last sent to be logged out. */
    public Map<String, String> loggedOut() {
        return loggedOut;
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void discover(HttpExchange exchange) throws IOException {
        JsonObject told = new JsonObject();
        told.addProperty("issuer", issuer());
        told.addProperty("authorization_endpoint", issuer() + "/authorize");
        told.addProperty("token_endpoint", issuer() + "/token");
        told.addProperty("jwks_uri", issuer() + "/keys");
        told.addProperty("end_session_endpoint", issuer() + "/logout");
        told.add("response_types_supported", array("code"));
        told.add("subject_types_supported", array("public"));
        told.add("id_token_signing_alg_values_supported", array("RS256"));
        json(exchange, 200, told);
    }

    private static JsonArray array(String... texts) {
        JsonArray array = new JsonArray();
        Arrays.stream(texts).forEach(array::add);
        return array;
    }

    private static JsonObject published() {
        RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
        JsonObject one = new JsonObject();
        one.addProperty("kty", "RSA");
        one.addProperty("use", "sig");
        one.addProperty("alg", "RS256");
        one.addProperty("kid", "quay");
        one.addProperty("n", base64(unsigned(key.getModulus())));
        one.addProperty("e", base64(unsigned(key.getPublicExponent())));
        JsonArray keys = new JsonArray();
        keys.add(one);
        JsonObject all = new JsonObject();
        all.add("keys", keys);
        return all;
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    /** A page with a link for each user. */
    private void ask(HttpExchange exchange) throws IOException {
        StringBuilder page = new StringBuilder("<!DOCTYPE html><title>Who are you?</title>");
        String query = exchange.getRequestURI().getRawQuery();
        USERS.keySet()
                .forEach(
                        user ->
                                page.append(
                                        "<p><a id='%1$s' href='/pick?user=%1$s&amp;%2$s'>%1$s</a>"
                                                .formatted(user, query.replace("&", "&amp;"))));
        answer(exchange, 200, "text/html", page.toString());
    }

    /** Sends the browser back with a code. */
    private void pick(HttpExchange exchange) throws IOException {
        Map<String, String> request = parameters(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, new Code(one(request, "user"), request));
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        request.get("redirect_uri")
                                + "?code="
                                + code
                                + "&state="
                                + URLEncoder.encode(one(request, "state"), StandardCharsets.UTF_8));
        answer(exchange, 302, "text/plain", "");
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> given =
                parameters(
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Code code = codes.remove(String.valueOf(given.get("code")));
        String basic =
                Base64.getEncoder()
                        .encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        boolean right =
                code != null
                        && ("Basic " + basic)
                                .equals(exchange.getRequestHeaders().getFirst("Authorization"))
                        && one(code.request(), "redirect_uri").equals(given.get("redirect_uri"))
                        && one(code.request(), "code_challenge")
                                .equals(base64(sha256(one(given, "code_verifier"))));
        JsonObject answer = new JsonObject();
        if (!right) {
            answer.addProperty("error", "invalid_grant");
            json(exchange, 400, answer);
            return;
        }
        answer.addProperty("access_token", "opaque");
        answer.addProperty("token_type", "Bearer");
        answer.addProperty("id_token", idToken(code));
        json(exchange, 200, answer);
    }

    private static String one(Map<String, String> parameters, String name) {
        return parameters.getOrDefault(name, "");
    }

    private String idToken(Code code) {
        JsonObject head = new JsonObject();
        head.addProperty("alg", "RS256");
        head.addProperty("kid", "quay");
        long now = Instant.now().getEpochSecond();
        JsonObject claims = new JsonObject();
        claims.addProperty("iss", issuer());
        claims.addProperty("sub", "subject-of-" + code.user());
        claims.addProperty("aud", CLIENT);
        claims.addProperty("iat", now);
        claims.addProperty("exp", now + 60);
        claims.addProperty("nonce", code.request().get("nonce"));
        claims.addProperty("preferred_username", code.user());
        JsonObject access = new JsonObject();
        access.add(
                "roles", array(USERS.getOrDefault(code.user(), List.of()).toArray(String[]::new)));
        claims.add("realm_access", access);
        change.accept(claims);
        String signed = base64(bytes(head)) + '.' + base64(bytes(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KEYS.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + '.' + base64(signature.sign());
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void logOut(HttpExchange exchange) throws IOException {
        Map<String, String> given = parameters(exchange.getRequestURI().getRawQuery());
        loggedOut = given;
        exchange.getResponseHeaders().set("Location", given.get("post_logout_redirect_uri"));
        answer(exchange, 302, "text/plain", "");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(String.valueOf(text).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static byte[] bytes(JsonObject json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            parameters.put(
                    parts[0],
                    parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static void json(HttpExchange exchange, int status, JsonObject body)
            throws IOException {
        answer(exchange, status, "application/json", body.toString());
    }

    private static void answer(HttpExchange exchange, int status, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
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
