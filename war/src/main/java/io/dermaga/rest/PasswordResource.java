package io.dermaga.rest;

import io.dermaga.security.Role;
import io.dermaga.security.Users;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;

/** The password of the user whose request it is, who has proved with it that he knows the old. */
@Path("v1/password")
@RequestScoped
public class PasswordResource {

    @Inject private Users users;
    @Context private SecurityContext security;

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.VIEWER)
    public void change(InputStream body) {
        String password = JsonBody.read(body, "password").text("password");
        String user = Actor.of(security);
        if (!users.choosePassword(user, password)) {
            throw Refused.unknown("user", user);
        }
    }
}
