package io.dermaga.oidc;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.KeyType;
import io.dermaga.dashboard.text.Visible;
import java.time.Duration;

/**
 * How it stands with the identity provider.
 *
 * @param fact in no language
 * @param isUsable whether somebody could log in
 * @param skew of its clock, positive if it is ahead
 */
public record ProviderCheck(String fact, boolean isUsable, Duration skew) {

    /** Beyond this, tokens are not yet or no more valid; half of it is worth a notice. */
    private static final Duration BEARABLE = Duration.ofSeconds(30);

    static ProviderCheck of(OidcSettings settings, Discovery discovery) {
        try {
            Discovery.Look look = discovery.look();
            int keys =
                    look.found()
                            .keys()
                            .get(
                                    new JWKSelector(
                                            new JWKMatcher.Builder()
                                                    .keyTypes(KeyType.RSA, KeyType.EC)
                                                    .build()),
                                    null)
                            .size();
            Duration skew = look.skew().orElse(Duration.ZERO);
            return new ProviderCheck(
                    "%s: %d keys, clock %+d s".formatted(settings.issuer(), keys, skew.toSeconds()),
                    keys > 0,
                    skew);
        } catch (LoginRefused away) {
            return new ProviderCheck(String.valueOf(away.getMessage()), false, Duration.ZERO);
        } catch (KeySourceException away) {
            return new ProviderCheck(
                    settings.issuer() + ": " + Visible.line(String.valueOf(away.getMessage())),
                    false,
                    Duration.ZERO);
        }
    }

    /** Whether its clock and this one tell the same. */
    public boolean isInTime() {
        return skew.abs().compareTo(BEARABLE) <= 0;
    }
}
