package io.dermaga.rest;

import io.dermaga.security.IssuedPassword;
import io.dermaga.security.LoginThrottle;
import io.dermaga.security.Role;
import io.dermaga.security.Users;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;

/** The users, in the order of their names, and what an admin does to them. */
@Path("v1/users")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class UsersResource {

    private static final String USER = "user";

    @Inject private Users users;
    @Inject private LoginThrottle throttle;

    @GET
    @Needs(Role.ADMIN)
    public Page<UserBody> list() {
        return Page.all(users.list().stream().map(UserBody::of).toList());
    }

    @GET
    @Path("{user}")
    @Needs(Role.ADMIN)
    public UserBody get(@PathParam("user") String name) {
        return UserBody.of(Adapter.found(users.find(name), USER, name));
    }

    /** With a generated password, which the answer tells and nobody can read again. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMIN)
    public Response create(InputStream body, @Context UriInfo address) {
        JsonBody given = JsonBody.read(body, "name", "roles");
        String name = given.text("name");
        List<String> roles = given.texts("roles", Role.ALL.size());
        IssuedPassword issued = users.create(name, roles);
        return Response.created(address.getAbsolutePathBuilder().path("{user}").build(name))
                .entity(issued)
                .build();
    }

    @PUT
    @Path("{user}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMIN)
    public UserBody change(@PathParam("user") String name, InputStream body) {
        JsonBody given = JsonBody.read(body, "roles", "disabled");
        List<String> roles = given.texts("roles", Role.ALL.size());
        if (!users.change(name, roles, given.flag("disabled"))) {
            throw Refused.unknown(USER, name);
        }
        return get(name);
    }

    /** A new generated password, told once. */
    @POST
    @Path("{user}/reset-password")
    @Needs(Role.ADMIN)
    public IssuedPassword resetPassword(@PathParam("user") String name) {
        return Adapter.found(users.resetPassword(name), USER, name);
    }

    /** Forgets the wrong passwords that were given for him. */
    @POST
    @Path("{user}/unlock")
    @Needs(Role.ADMIN)
    public UserBody unlock(@PathParam("user") String name) {
        UserBody known = get(name);
        throttle.unlock(name);
        return known;
    }

    @DELETE
    @Path("{user}")
    @Needs(Role.ADMIN)
    public void delete(@PathParam("user") String name) {
        if (!users.delete(name)) {
            throw Refused.unknown(USER, name);
        }
    }
}
