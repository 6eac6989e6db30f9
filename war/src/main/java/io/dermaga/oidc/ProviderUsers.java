package io.dermaga.oidc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;

/** Tells the container of users whom the provider has sent; beside the users of the dashboard. */
@ApplicationScoped
public class ProviderUsers implements IdentityStore {

    @Override
    public CredentialValidationResult validate(Credential credential) {
        return credential instanceof ProviderCredential given
                ? new CredentialValidationResult(given.user().name(), given.user().roles())
                : CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
}
