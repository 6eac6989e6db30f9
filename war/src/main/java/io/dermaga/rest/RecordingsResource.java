package io.dermaga.rest;

import io.dermaga.api.monitor.RecordedConnection;
import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.RecordingReplay;
import io.dermaga.api.monitor.RecordingReplayRequest;
import io.dermaga.api.monitor.RecordingRequest;
import io.dermaga.api.monitor.Recordings;
import io.dermaga.security.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Recordings of connections, the newest first, and what is done to one. */
@Path("v1/recordings")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class RecordingsResource {

    private static final String RECORDING = "recording";

    @Inject private Adapter adapter;
    @Context private SecurityContext security;

    private <T> T ask(Function<Recordings, T> question) {
        return adapter.ask(source -> question.apply(source.recordings()));
    }

    @GET
    public Page<Recording> list() {
        return Page.all(ask(Recordings::list));
    }

    @GET
    @Path("{id}")
    public Recording get(@PathParam("id") String id) {
        return Adapter.found(ask(recordings -> recordings.find(id)), RECORDING, id);
    }

    /** Begins one. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response start(InputStream body, @Context UriInfo address) {
        JsonBody given = JsonBody.read(body, "listener", "peers", "budget", "limit");
        String listener = Objects.requireNonNullElse(given.optionalText("listener"), "");
        if (!listener.isEmpty()) {
            adapter.listener(listener);
        }
        Duration limit = Values.duration("limit", given.optionalText("limit"));
        RecordingRequest request =
                new RecordingRequest(
                        listener,
                        Objects.requireNonNullElse(given.optionalText("peers"), ""),
                        given.has("budget")
                                ? given.number("budget")
                                : RecordingRequest.DEFAULT_BYTES,
                        limit == null ? RecordingRequest.DEFAULT_TIME : limit);
        String user = Actor.of(security);
        Recording begun = ask(recordings -> recordings.start(request, user));
        return Response.created(address.getAbsolutePathBuilder().path(begun.id()).build())
                .entity(begun)
                .build();
    }

    @POST
    @Path("{id}/stop")
    public Recording stop(@PathParam("id") String id) {
        Recording before = get(id);
        String user = Actor.of(security);
        if (!ask(recordings -> recordings.stop(id, user))) {
            throw Refused.conflict(RECORDING, id, before.state().name());
        }
        return get(id);
    }

    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id) {
        String user = Actor.of(security);
        if (!ask(recordings -> recordings.delete(id, user))) {
            throw Refused.unknown(RECORDING, id);
        }
    }

    /** The connections in it, in the order of their beginning. */
    @GET
    @Path("{id}/connections")
    public Page<RecordedConnection> connections(
            @PathParam("id") String id,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        int most = Values.limit(limit);
        List<RecordedConnection> all =
                Adapter.found(ask(recordings -> recordings.connections(id)), RECORDING, id);
        return Page.of(
                all.stream()
                        .skip(after == null ? 0 : 1 + indexOf(all, after))
                        .limit(most + 1L)
                        .toList(),
                most,
                RecordedConnection::id);
    }

    private static long indexOf(List<RecordedConnection> all, String id) {
        return IntStream.range(0, all.size())
                .filter(i -> all.get(i).id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> Refused.bad("parameter 'after'", id, "what a page gives as 'next'"));
    }

    /** The file for Wireshark; it has payloads, which not everybody may read who may look. */
    @GET
    @Path("{id}/content")
    @Needs(Role.PAYLOAD_READER)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response content(@PathParam("id") String id) {
        return Bytes.download(
                Adapter.found(ask(recordings -> recordings.content(id)), RECORDING, id),
                "recording-" + id + ".pcapng");
    }

    /** Sends the bytes of a recorded peer to a listener; answers at once. */
    @POST
    @Path("{id}/replay")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response replay(@PathParam("id") String id, InputStream body, @Context UriInfo address) {
        JsonBody given = JsonBody.read(body, "connection", "listener", "speed");
        String listener = given.text("listener");
        RecordingReplayRequest request =
                new RecordingReplayRequest(
                        id,
                        given.text("connection"),
                        listener,
                        given.has("speed") ? given.decimal("speed") : 1);
        get(id);
        adapter.listener(listener);
        if (!hasConnection(id, request.connection())) {
            throw Refused.unknown("connection", request.connection());
        }
        String user = Actor.of(security);
        RecordingReplay begun = ask(recordings -> recordings.replay(request, user));
        return Response.created(
                        address.getBaseUriBuilder()
                                .path(RecordingReplaysResource.class)
                                .path(begun.id())
                                .build())
                .entity(begun)
                .build();
    }

    private boolean hasConnection(String id, String connection) {
        return Adapter.found(ask(recordings -> recordings.connections(id)), RECORDING, id).stream()
                .anyMatch(one -> one.id().equals(connection));
    }
}
