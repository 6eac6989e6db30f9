package io.dermaga.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.dermaga.dashboard.text.Visible;
import io.dermaga.oidc.Discovery.Found;
import io.dermaga.security.ProviderUser;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The authorization code flow: the browser is sent to the provider and comes back with a code, for
 * which the provider gives an ID token, directly and to nobody but this client. Each time state,
 * nonce and PKCE verifier are new. Thread-safe; waits for the provider.
 */
final class CodeFlow {

    /** Signed with a key that only the provider has; neither {@code none} nor the client secret. */
    private static final Set<JWSAlgorithm> SIGNATURES =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    private final OidcSettings settings;
    private final Discovery discovery;
    private final UserClaims claims;
    private final ClientID client;
    private final Clock clock;

    CodeFlow(OidcSettings settings, Discovery discovery, Clock clock) {
        this.settings = settings;
        this.discovery = discovery;
        this.claims = new UserClaims(settings);
        this.client = new ClientID(settings.clientId());
        this.clock = clock;
    }

    /** A login that begins, and where it goes on. */
    record Begun(PendingLogin login, URI provider) {}

    Begun begin(URI callback, boolean continued) throws LoginRefused {
        OIDCProviderMetadata metadata = discovery.find().metadata();
        State state = new State();
        Nonce nonce = new Nonce();
        CodeVerifier verifier = new CodeVerifier();
        URI provider =
                new AuthenticationRequest.Builder(
                                ResponseType.CODE,
                                new Scope(settings.scopes().toArray(String[]::new)),
                                client,
                                callback)
                        .endpointURI(metadata.getAuthorizationEndpointURI())
                        .state(state)
                        .nonce(nonce)
                        .codeChallenge(verifier, CodeChallengeMethod.S256)
                        .build()
                        .toURI();
        return new Begun(
                new PendingLogin(
                        state.getValue(),
                        nonce.getValue(),
                        verifier.getValue(),
                        callback.toString(),
                        continued,
                        clock.instant()),
                provider);
    }

    /**
     * Whom the provider has sent.
     *
     * @param answer parameters with which the browser came back; its state is known to be that of
     *     the login
     */
    ProviderUser end(PendingLogin login, Map<String, List<String>> answer) throws LoginRefused {
        Found provider = discovery.find();
        AuthorizationCode code = code(login, answer, provider.metadata());
        JWT idToken = idToken(login, code, provider.metadata());
        return claims.user(checked(idToken, login, provider), idToken.getParsedString());
    }

    private AuthorizationCode code(
            PendingLogin login, Map<String, List<String>> answer, OIDCProviderMetadata metadata)
            throws LoginRefused {
        AuthenticationResponse response;
        try {
            response = AuthenticationResponseParser.parse(URI.create(login.callback()), answer);
        } catch (ParseException | IllegalArgumentException unreadable) {
            throw LoginRefused.token(told(unreadable), unreadable);
        }
        Issuer issuer = response.getIssuer(); // RFC 9207: whose answer it is
        boolean missing = issuer == null && metadata.supportsAuthorizationResponseIssuerParam();
        if (missing || (issuer != null && !issuer.equals(metadata.getIssuer()))) {
            throw LoginRefused.token("it comes from another issuer, or says from none", null);
        }
        AuthorizationCode code =
                response.indicatesSuccess()
                        ? response.toSuccessResponse().getAuthorizationCode()
                        : null;
        if (code == null) {
            throw LoginRefused.byProvider(
                    response.indicatesSuccess()
                            ? "it sent no code"
                            : told(response.toErrorResponse().getErrorObject()));
        }
        return code;
    }

    private JWT idToken(PendingLogin login, AuthorizationCode code, OIDCProviderMetadata metadata)
            throws LoginRefused {
        TokenRequest request =
                new TokenRequest.Builder(
                                metadata.getTokenEndpointURI(),
                                authentication(metadata),
                                new AuthorizationCodeGrant(
                                        code,
                                        URI.create(login.callback()),
                                        new CodeVerifier(login.verifier())))
                        .build();
        TokenResponse response;
        try {
            response =
                    OIDCTokenResponseParser.parse(request.toHTTPRequest().send(discovery.http()));
        } catch (IOException away) {
            throw LoginRefused.away(settings.issuer().toString(), told(away), away);
        } catch (ParseException unreadable) {
            throw LoginRefused.token(told(unreadable), unreadable);
        }
        if (response instanceof OIDCTokenResponse tokens) {
            JWT idToken = tokens.getOIDCTokens().getIDToken();
            if (idToken == null) {
                throw LoginRefused.token("there is no ID token in it", null);
            }
            return idToken;
        }
        throw LoginRefused.byProvider(told(response.toErrorResponse().getErrorObject()));
    }

    /** In the header unless the provider takes it in the body only. */
    private ClientAuthentication authentication(OIDCProviderMetadata metadata) {
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        Secret secret = new Secret(settings.clientSecret());
        boolean basic =
                methods == null
                        || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        || !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        return basic ? new ClientSecretBasic(client, secret) : new ClientSecretPost(client, secret);
    }

    /** Signature, issuer, audience, times, nonce (OpenID Connect Core 1.0, 3.1.3.7). */
    private IDTokenClaimsSet checked(JWT idToken, PendingLogin login, Found provider)
            throws LoginRefused {
        IDTokenValidator validator =
                new IDTokenValidator(
                        provider.metadata().getIssuer(),
                        client,
                        new JWSVerificationKeySelector<SecurityContext>(
                                SIGNATURES, provider.keys()),
                        null);
        try {
            IDTokenClaimsSet told = validator.validate(idToken, new Nonce(login.nonce()));
            if (isForAnother(told)) {
                throw LoginRefused.token("it was made for another client", null);
            }
            return told;
        } catch (KeySourceException away) {
            throw LoginRefused.away(settings.issuer().toString(), told(away), away);
        } catch (BadJOSEException | JOSEException untrue) {
            throw LoginRefused.token(told(untrue), untrue);
        }
    }

    /** With several audiences, {@code azp} says who has asked for it. */
    private boolean isForAnother(IDTokenClaimsSet told) {
        AuthorizedParty party = told.getAuthorizedParty();
        return party == null
                ? told.getAudience().size() > 1
                : !party.getValue().equals(client.getValue());
    }

    private static String told(Exception failed) {
        return Visible.line(String.valueOf(failed.getMessage()));
    }

    private static String told(@Nullable ErrorObject error) {
        return error == null || error.getCode() == null
                ? "it does not say why"
                : Visible.line(
                        error.getDescription() == null
                                ? error.getCode()
                                : error.getCode() + " (" + error.getDescription() + ")");
    }
}
