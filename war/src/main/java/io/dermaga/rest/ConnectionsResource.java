package io.dermaga.rest;

import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.WriteRequest;
import io.dermaga.dashboard.text.Format;
import io.dermaga.dashboard.text.Notation;
import io.dermaga.masking.Masks;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
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
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Open connections, in the order of their ids. */
@Path("v1/connections")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ConnectionsResource {

    @Inject private Adapter adapter;
    @Inject private Masks masks;
    @Context private SecurityContext security;
    @Context private HttpServletRequest request;

    @GET
    public Page<ConnectionSnapshot> list(
            @QueryParam("listener") @Nullable String listener,
            @QueryParam("remoteAddress") @Nullable String remoteAddress,
            @QueryParam("state") @Nullable String state,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        int most = Values.limit(limit);
        ConnectionState wanted = Values.constant("state", state, ConnectionState.class);
        List<ConnectionSnapshot> found =
                adapter.ask(Monitor::connections).stream()
                        .filter(one -> listener == null || listener.equals(one.listener()))
                        .filter(one -> wanted == null || wanted == one.state())
                        .filter(one -> remoteAddress == null || isFrom(one, remoteAddress))
                        .filter(one -> after == null || one.id().compareTo(after) > 0)
                        .sorted(Comparator.comparing(ConnectionSnapshot::id))
                        .limit(most + 1L)
                        .toList();
        return Page.of(found, most, ConnectionSnapshot::id);
    }

    private static boolean isFrom(ConnectionSnapshot connection, String part) {
        return Format.address(connection.remoteAddress())
                .toLowerCase(Locale.ROOT)
                .contains(part.toLowerCase(Locale.ROOT));
    }

    @GET
    @Path("{id}")
    public ConnectionSnapshot get(@PathParam("id") String id) {
        return adapter.connection(id);
    }

    @POST
    @Path("{id}/pause")
    public ConnectionSnapshot pause(@PathParam("id") String id) {
        act(id, Monitor::pauseConnection);
        return adapter.connection(id);
    }

    @POST
    @Path("{id}/resume")
    public ConnectionSnapshot resume(@PathParam("id") String id) {
        act(id, Monitor::resumeConnection);
        return adapter.connection(id);
    }

    /** The peer sees a reset. */
    @POST
    @Path("{id}/close")
    public void close(@PathParam("id") String id) {
        act(id, Monitor::closeConnection);
    }

    /** Writes bytes to its peer. */
    @POST
    @Path("{id}/write")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public WrittenBody write(
            @PathParam("id") String id,
            @QueryParam("enclosed") @Nullable String enclosed,
            InputStream body) {
        String listener = adapter.connection(id).listener();
        byte[] bytes = Bytes.read(body, WriteRequest.MOST_BYTES);
        AuditingFilter.detail(
                request, Notation.beginning(bytes.length, masks.bytes(listener, bytes, null)));
        WriteRequest wanted =
                new WriteRequest(
                        id, ByteBuffer.wrap(bytes), Values.flag("enclosed", enclosed, true));
        String user = Actor.of(security);
        return adapter.ask(source -> source.write(wanted, user)).stream()
                .mapToObj(WrittenBody::new)
                .findFirst()
                .orElseThrow(() -> Refused.unknown("open connection", id));
    }

    private void act(String id, Action action) {
        String user = Actor.of(security);
        if (!adapter.ask(source -> action.run(source, id, user))) {
            throw Refused.unknown("open connection", id);
        }
    }
}
