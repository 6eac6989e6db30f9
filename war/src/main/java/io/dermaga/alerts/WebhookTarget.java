package io.dermaga.alerts;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where alerts are sent.
 *
 * @param address http or https
 * @param secret key of the signature; null: they are not signed
 * @param authorization value of the header of this name; null: it is not sent
 */
record WebhookTarget(URI address, @Nullable String secret, @Nullable String authorization) {

    static final String PROPERTY = "dermaga.alerts.webhook";

    /**
     * The target that an operator has written.
     *
     * @throws IllegalArgumentException DMG4653 if it cannot be one
     */
    static WebhookTarget of(
            String written, @Nullable String secret, @Nullable String authorization) {
        if (authorization != null && !authorization.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException(
                    Rules.refused(PROPERTY + ".authorization", "…", "printable ASCII"));
        }
        try {
            URI address = new URI(written);
            boolean known =
                    "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (known && address.getHost() != null && address.getRawUserInfo() == null) {
                return new WebhookTarget(address, secret, authorization);
            }
        } catch (URISyntaxException malformed) {
            // told below, and without what may be secret of it
        }
        throw new IllegalArgumentException(
                Rules.refused(
                        PROPERTY,
                        written.replaceFirst("(?<=^.{8}).+", "…"),
                        "https://HOST/PATH, http://HOST/PATH, without user and password"));
    }

    /** Scheme, host and port: paths of webhooks are secrets now and then. */
    String shown() {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port + "/…";
    }
}
