package io.dermaga.rest;

import io.dermaga.api.monitor.RecordingReplay;
import io.dermaga.security.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;

/** Recorded connections that are sent again: those that go on, and the last that have ended. */
@Path("v1/recording-replays")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class RecordingReplaysResource {

    @Inject private Adapter adapter;
    @Context private SecurityContext security;

    @GET
    public Page<RecordingReplay> list() {
        return Page.all(known());
    }

    /** What replies say is for those who may read payloads. */
    private List<RecordingReplay> known() {
        boolean reads = security.isUserInRole(Role.PAYLOAD_READER);
        return adapter.ask(source -> source.recordings().replays()).stream()
                .map(one -> reads ? one : one.withoutExcerpts())
                .toList();
    }

    @GET
    @Path("{id}")
    public RecordingReplay get(@PathParam("id") String id) {
        return Adapter.found(
                known().stream().filter(one -> one.id().equals(id)).findFirst(), "replay", id);
    }

    @POST
    @Path("{id}/cancel")
    public RecordingReplay cancel(@PathParam("id") String id) {
        RecordingReplay before = get(id);
        String user = Actor.of(security);
        if (!adapter.ask(source -> source.recordings().cancelReplay(id, user))) {
            throw Refused.conflict("replay", id, before.state().name());
        }
        return get(id);
    }
}
