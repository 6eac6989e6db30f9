package io.dermaga.oidc;

import io.dermaga.security.ProviderUser;
import jakarta.security.enterprise.credential.Credential;

/** Somebody whom the provider has sent and whose token was checked: only this room makes one. */
final class ProviderCredential implements Credential {

    private final ProviderUser user;

    ProviderCredential(ProviderUser user) {
        this.user = user;
    }

    ProviderUser user() {
        return user;
    }

    @Override
    public boolean isCleared() {
        return false;
    }

    @Override
    public void clear() {
        // there is no secret in it
    }

    @Override
    public boolean isValid() {
        return true;
    }
}
