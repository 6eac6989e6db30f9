package io.dermaga.security;

import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The value of a header {@code Authorization: Basic …}, RFC 7617, in UTF-8. */
final class BasicCredential {

    private static final String SCHEME = "Basic ";

    private BasicCredential() {}

    /**
     * Name and password.
     *
     * @param header null if the request has none
     * @return empty if it is none of this scheme, or cannot be read
     */
    static Optional<UsernamePasswordCredential> parse(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).trim());
            String pair =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(
                            new UsernamePasswordCredential(
                                    pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException | CharacterCodingException unreadable) {
            return Optional.empty();
        }
    }
}
