package io.dermaga.security;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.annotation.FacesConfig;
import jakarta.security.enterprise.authentication.mechanism.http.CustomFormAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.LoginToContinue;

/** How people log in: a page of the dashboard's own. */
@CustomFormAuthenticationMechanismDefinition(
        loginToContinue =
                @LoginToContinue(
                        loginPage = "/login.xhtml?continue=true",
                        useForwardToLogin = false,
                        errorPage = ""))
@DeclareRoles({Role.VIEWER, Role.PAYLOAD_READER, Role.REVEALER, Role.OPERATOR, Role.ADMIN})
@FacesConfig
@ApplicationScoped
public class Login {}
