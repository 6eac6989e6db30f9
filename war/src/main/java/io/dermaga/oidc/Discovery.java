package io.dermaga.oidc;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.dermaga.dashboard.text.Visible;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the provider says of itself at {@code /.well-known/openid-configuration}. Remembered for
 * some seconds, so that many who want to log in do not all ask, or wait; not longer, so that nobody
 * is sent to a provider that is away. Thread-safe.
 */
final class Discovery {

    private static final Duration KNOWN = Duration.ofSeconds(10);
    private static final Duration AWAY = Duration.ofSeconds(3);

    private static final long KEYS_KNOWN_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final long KEYS_ASKED_MILLIS = Duration.ofSeconds(5).toMillis();

    /**
     * A provider that can be used.
     *
     * @param keys with which it signs; asked for anew when it signs with another one, not more than
     *     about once in five seconds
     */
    record Found(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys) {}

    /**
     * What was found now.
     *
     * @param skew of the provider's clock, positive if it is ahead; empty if it tells no time
     */
    record Look(Found found, Optional<Duration> skew) {}

    private record Keys(URI address, JWKSource<SecurityContext> source) {}

    private final URI issuer;
    private final ProviderHttp http;
    private final Duration timeout;
    private final Clock clock;

    private @Nullable Keys keys;
    private @Nullable Found known;
    private @Nullable LoginRefused away;
    private Instant until = Instant.MIN;

    Discovery(OidcSettings settings, Clock clock) {
        this.issuer = settings.issuer();
        this.timeout = settings.timeout();
        this.http = new ProviderHttp(timeout, settings.bytes());
        this.clock = clock;
    }

    ProviderHttp http() {
        return http;
    }

    /** The provider; who asks while another one does waits for the same answer. */
    synchronized Found find() throws LoginRefused {
        if (clock.instant().isBefore(until)) {
            if (away != null) {
                throw LoginRefused.away(issuer.toString(), "asked a moment ago", away);
            }
            if (known != null) {
                return known;
            }
        }
        try {
            Found found = look().found();
            known = found;
            away = null;
            until = clock.instant().plus(KNOWN);
            return found;
        } catch (LoginRefused failed) {
            away = failed;
            until = clock.instant().plus(AWAY);
            throw failed;
        }
    }

    /** Asks now, whatever is remembered. */
    Look look() throws LoginRefused {
        try {
            HTTPResponse answer = http.get(url());
            if (answer.getStatusCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("status " + answer.getStatusCode() + " of " + url());
            }
            OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(answer.getBody());
            check(metadata);
            return new Look(new Found(metadata, keys(metadata)), skew(answer));
        } catch (IOException | ParseException | IllegalArgumentException unusable) {
            throw LoginRefused.away(
                    issuer.toString(),
                    Visible.line(String.valueOf(unusable.getMessage())),
                    unusable);
        }
    }

    private URL url() throws IOException {
        return URI.create(
                        issuer.toString().replaceFirst("/$", "")
                                + "/.well-known/openid-configuration")
                .toURL();
    }

    private void check(OIDCProviderMetadata metadata) throws IOException {
        if (!metadata.getIssuer().getValue().equals(issuer.toString())) {
            throw new IOException("it says that it is " + metadata.getIssuer().getValue());
        }
        demand("authorization_endpoint", metadata.getAuthorizationEndpointURI());
        demand("token_endpoint", metadata.getTokenEndpointURI());
        demand("jwks_uri", metadata.getJWKSetURI());
        if (metadata.getResponseTypes() == null
                || !metadata.getResponseTypes().contains(ResponseType.CODE)) {
            throw new IOException("it has no authorization code flow");
        }
        List<CodeChallengeMethod> challenges = metadata.getCodeChallengeMethods();
        if (challenges != null && !challenges.contains(CodeChallengeMethod.S256)) {
            throw new IOException("it has no PKCE with S256");
        }
    }

    private static void demand(String name, @Nullable URI endpoint) throws IOException {
        if (!Endpoints.isSafe(endpoint)) {
            throw new IOException("%s is '%s', not https://…".formatted(name, endpoint));
        }
    }

    /**
     * The same for the same address; without the refresh ahead of time, which would have threads.
     */
    private synchronized JWKSource<SecurityContext> keys(OIDCProviderMetadata metadata)
            throws IOException {
        Keys now = keys;
        if (now == null || !now.address().equals(metadata.getJWKSetURI())) {
            now = new Keys(metadata.getJWKSetURI(), keys(metadata.getJWKSetURI()));
            keys = now;
        }
        return now.source();
    }

    private JWKSource<SecurityContext> keys(URI address) throws IOException {
        return JWKSourceBuilder.<SecurityContext>create(address.toURL(), http)
                .cache(KEYS_KNOWN_MILLIS, 2 * timeout.toMillis())
                .refreshAheadCache(false)
                .rateLimited(KEYS_ASKED_MILLIS)
                .build();
    }

    private Optional<Duration> skew(HTTPResponse answer) {
        try {
            return Optional.ofNullable(answer.getHeaderValue("Date"))
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
                    .map(there -> Duration.between(clock.instant(), there));
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
    }
}
