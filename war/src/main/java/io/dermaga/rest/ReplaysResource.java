package io.dermaga.rest;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.DeadLetterReplay;
import io.dermaga.api.monitor.Monitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;

/** Dead letters that are delivered again: those that go on, and the last that have ended. */
@Path("v1/replays")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ReplaysResource {

    /** How many letters a request names at most; a filter means any number. */
    static final int MOST_IDS = 1000;

    private static final String[] FILTER = {
        "listener", "cause", "remoteAddress", "from", "to", "connection"
    };

    @Inject private Adapter adapter;
    @Context private SecurityContext security;

    @GET
    public Page<DeadLetterReplay> list() {
        return Page.all(adapter.ask(Monitor::deadLetterReplays));
    }

    @GET
    @Path("{id}")
    public DeadLetterReplay get(@PathParam("id") String id) {
        return Adapter.found(
                adapter.ask(Monitor::deadLetterReplays).stream()
                        .filter(one -> one.id().equals(id))
                        .findFirst(),
                "replay",
                id);
    }

    /** Begins one: of letters by their {@code ids}, or of all that a {@code filter} means. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response begin(InputStream body, @Context UriInfo address) {
        JsonBody given = JsonBody.read(body, "ids", "filter");
        if (given.has("ids") == given.has("filter")) {
            throw Refused.bad(
                    "body", given.has("ids") ? "ids and filter" : "neither", "ids or filter");
        }
        String user = Actor.of(security);
        DeadLetterReplay begun;
        if (given.has("ids")) {
            List<String> ids = given.texts("ids", MOST_IDS);
            ids.stream()
                    .filter(id -> !DeadLetter.isId(id))
                    .findFirst()
                    .ifPresent(ReplaysResource::refuse);
            begun = adapter.ask(source -> source.replayDeadLetters(ids, user));
        } else {
            DeadLetterFilter filter = filter(given.object("filter", FILTER));
            begun = adapter.ask(source -> source.replayDeadLetters(filter, user));
        }
        return Response.created(address.getAbsolutePathBuilder().path(begun.id()).build())
                .entity(begun)
                .build();
    }

    private static void refuse(String id) {
        throw Refused.bad("member 'ids'", id, "ids of dead letters");
    }

    private static DeadLetterFilter filter(JsonBody given) {
        return new DeadLetterFilter(
                given.optionalText("listener"),
                given.optionalText("cause"),
                given.optionalText("remoteAddress"),
                Values.instant("from", given.optionalText("from")),
                Values.instant("to", given.optionalText("to")),
                given.optionalText("connection"));
    }

    /** Ends one after the letter that a bean has now. */
    @POST
    @Path("{id}/cancel")
    public DeadLetterReplay cancel(@PathParam("id") String id) {
        DeadLetterReplay before = get(id);
        String user = Actor.of(security);
        if (!adapter.ask(source -> source.cancelDeadLetterReplay(id, user))) {
            throw Refused.conflict("replay", id, before.state().name());
        }
        return get(id);
    }
}
