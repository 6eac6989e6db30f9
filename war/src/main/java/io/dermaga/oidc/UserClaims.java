package io.dermaga.oidc;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.dermaga.dashboard.text.Visible;
import io.dermaga.security.ProviderUser;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who somebody is and what he may do, by the claims of an ID token that was checked. */
final class UserClaims {

    /** No blanks, nothing that does not print, and no colon. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}._@+\\-]{1,128}");

    private static final int TOLD = 200;

    private final OidcSettings settings;

    UserClaims(OidcSettings settings) {
        this.settings = settings;
    }

    /**
     * The user.
     *
     * @throws LoginRefused DMG4636 if he has no name, DMG4637 if he has no role
     */
    ProviderUser user(IDTokenClaimsSet claims, String idToken) throws LoginRefused {
        String name = ProviderUser.PREFIX + name(claims);
        Set<String> given = given(at(settings.rolesClaim(), claims.toJSONObject()));
        Set<String> roles =
                settings.roles().entrySet().stream()
                        .filter(role -> role.getValue().stream().anyMatch(given::contains))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        if (roles.isEmpty()) {
            throw LoginRefused.noRole(name, shown(given));
        }
        return new ProviderUser(name, Visible.line(claims.getSubject().getValue()), roles, idToken);
    }

    private String name(IDTokenClaimsSet claims) throws LoginRefused {
        Object value = at(settings.userClaim(), claims.toJSONObject());
        if (!(value instanceof String name)) {
            throw LoginRefused.claim(settings.userClaim(), "given none, or no text, allowed: text");
        }
        if (!NAME.matcher(name).matches()) {
            throw LoginRefused.claim(
                    settings.userClaim(),
                    "given '%s', allowed: 1 to 128 letters, digits, . _ @ + -"
                            .formatted(cut(Visible.line(name))));
        }
        return name;
    }

    /**
     * What a claim has: that of the whole name, since names may have dots (and often are URLs), or
     * else the one to which the parts between the dots lead.
     */
    private static @Nullable Object at(String way, Map<?, ?> claims) {
        if (claims.containsKey(way)) {
            return claims.get(way);
        }
        Object found = claims;
        for (String part : way.split("\\.", -1)) {
            found = found instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return found;
    }

    /** Several, or one that is a text. */
    private static Set<String> given(@Nullable Object value) {
        Collection<?> all =
                value instanceof Collection<?> many
                        ? many
                        : value instanceof String ? List.of(value) : List.of();
        return all.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String shown(Set<String> given) {
        return given.isEmpty()
                ? "nothing in claim '%s'".formatted(settings.rolesClaim())
                : cut(Visible.line(String.join(", ", given)));
    }

    private static String cut(String text) {
        return text.length() <= TOLD ? text : text.substring(0, TOLD) + "…";
    }
}
