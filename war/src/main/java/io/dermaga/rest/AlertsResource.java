package io.dermaga.rest;

import io.dermaga.alerts.Alert;
import io.dermaga.alerts.Alert.State;
import io.dermaga.alerts.Alerts;
import io.dermaga.alerts.RuleStatus;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What somebody should know of. */
@Path("v1/alerts")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class AlertsResource {

    @Inject private Alerts alerts;
    @Context private SecurityContext security;

    /** Those that are open, those that nobody has acknowledged first; then those that are over. */
    @GET
    public Page<Alert> list(@QueryParam("state") @Nullable String state) {
        State wanted = Values.constant("state", state, State.class);
        List<Alert> found =
                Stream.concat(alerts.open().stream(), alerts.past().stream())
                        .filter(one -> wanted == null || wanted == one.state())
                        .toList();
        return Page.all(found);
    }

    /** The rules, with what they look at now. */
    @GET
    @Path("rules")
    public Page<RuleStatus> rules() {
        return Page.all(alerts.rules());
    }

    @GET
    @Path("{id}")
    public Alert get(@PathParam("id") String id) {
        return Adapter.found(alerts.find(id), "alert", id);
    }

    /** The user knows of it; a body may have a comment. */
    @POST
    @Path("{id}/acknowledge")
    public Alert acknowledge(@PathParam("id") String id, InputStream body) {
        get(id);
        String comment = JsonBody.readIfAny(body, "comment").optionalText("comment");
        return alerts.acknowledge(id, Actor.of(security), comment)
                .orElseThrow(() -> Refused.conflict("alert", id, get(id).state().name()));
    }
}
