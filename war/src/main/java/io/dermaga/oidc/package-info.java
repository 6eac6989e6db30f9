/**
 * Login at an identity provider by OpenID Connect (Core 1.0, Discovery 1.0, RP-Initiated Logout
 * 1.0): authorization code with PKCE (RFC 7636), as configured.
 *
 * <p>In: {@code /oidc/login} and {@code /oidc/callback}, settings, what the provider answers. Out:
 * a session of a {@link io.dermaga.security.ProviderUser}, entries of the audit, or the login page
 * with a sentence. On request threads, which wait for the provider within {@code
 * dermaga.oidc.timeoutSeconds} for each request to it. May fail: settings that cannot be used
 * (DMG4631), and everything of {@link io.dermaga.oidc.LoginRefused}.
 */
@NullMarked
package io.dermaga.oidc;

import org.jspecify.annotations.NullMarked;
