package io.dermaga.oidc;

import io.dermaga.security.Role;
import io.dermaga.settings.Configuration;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has set of the identity provider.
 *
 * @param issuer as its ID tokens name it
 * @param name on the button of the login page
 * @param scopes that are asked for; {@code openid} is one
 * @param userClaim name of the claim with the user's name
 * @param rolesClaim name of the claim with his roles, or a way to it: {@code realm_access.roles}
 * @param roles of the provider by that role of the dashboard which they give
 * @param address of the dashboard as browsers see it, without a slash at its end; null: that of the
 *     request
 * @param isLogoutThere whether who logs out here is logged out there
 * @param timeout of connecting to the provider and of each wait; the body of an answer has twice
 *     that
 * @param bytes of an answer of the provider at most
 */
record OidcSettings(
        URI issuer,
        String clientId,
        String clientSecret,
        String name,
        List<String> scopes,
        String userClaim,
        String rolesClaim,
        Map<String, Set<String>> roles,
        @Nullable URI address,
        boolean isLogoutThere,
        Duration timeout,
        int bytes) {

    OidcSettings {
        scopes = List.copyOf(scopes);
        roles = Map.copyOf(roles);
    }

    /**
     * Those that are configured.
     *
     * @throws IllegalStateException DMG4631, with all that cannot be used
     */
    static OidcSettings of(Configuration configuration) {
        OidcReader reader = new OidcReader(configuration.oidc());
        configuration.unknownOidc().forEach(reader::unknown);
        reader.onOff("only"); // IdentityProvider asks for it, whatever else is wrong
        URI issuer = reader.issuer();
        OidcSettings settings =
                new OidcSettings(
                        issuer,
                        reader.required("clientId"),
                        reader.required("clientSecret"),
                        reader.name(issuer),
                        reader.scopes(),
                        reader.required("userClaim"),
                        reader.required("rolesClaim"),
                        reader.roles(Role.ALL),
                        reader.address(),
                        reader.onOff("logout"),
                        Duration.ofSeconds(reader.number("timeoutSeconds", 1, 60)),
                        reader.number("bytes", 16_384, 16_777_216));
        reader.refuse();
        return settings;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OidcSettings[issuer=%s, clientId=%s]".formatted(issuer, clientId);
    }
}
