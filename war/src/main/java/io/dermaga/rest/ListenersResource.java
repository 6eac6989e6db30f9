package io.dermaga.rest;

import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.Rates;
import io.dermaga.api.monitor.SendRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Listeners: what they do, and what an operator lets them do. Actions answer with the listener. */
@Path("v1/listeners")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ListenersResource {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Inject private Adapter adapter;
    @Context private SecurityContext security;

    @GET
    public Page<ListenerSnapshot> list() {
        return Page.all(adapter.ask(Monitor::snapshot).listeners());
    }

    @GET
    @Path("{name}")
    public ListenerSnapshot get(@PathParam("name") String name) {
        return adapter.listener(name);
    }

    @POST
    @Path("{name}/start")
    public ListenerSnapshot start(@PathParam("name") String name) {
        return act(name, Monitor::startListener);
    }

    @POST
    @Path("{name}/stop")
    public ListenerSnapshot stop(@PathParam("name") String name) {
        return act(name, Monitor::stopListener);
    }

    @POST
    @Path("{name}/pause")
    public ListenerSnapshot pause(@PathParam("name") String name) {
        return act(name, Monitor::pauseListener);
    }

    @POST
    @Path("{name}/resume")
    public ListenerSnapshot resume(@PathParam("name") String name) {
        return act(name, Monitor::resumeListener);
    }

    private ListenerSnapshot act(String name, Action action) {
        ListenerSnapshot before = adapter.listener(name);
        String user = Actor.of(security);
        if (!adapter.ask(source -> action.run(source, name, user))) {
            throw Refused.conflict("listener", name, before.state().name());
        }
        return adapter.listener(name);
    }

    @POST
    @Path("{name}/reload-certificates")
    public ListenerSnapshot reloadCertificates(@PathParam("name") String name) {
        adapter.listener(name);
        String user = Actor.of(security);
        String wrong =
                adapter.ask(
                        source -> {
                            String problem = source.reloadCertificates(name, user);
                            return problem == null ? "" : problem;
                        });
        if (!wrong.isEmpty()) {
            throw Refused.of(Status.CONFLICT, wrong);
        }
        return adapter.listener(name);
    }

    @PUT
    @Path("{name}/access")
    @Consumes(MediaType.APPLICATION_JSON)
    public ListenerSnapshot access(@PathParam("name") String name, InputStream body) {
        adapter.listener(name);
        JsonBody given = JsonBody.read(body, "allow", "deny");
        String allow = given.text("allow");
        String deny = given.text("deny");
        String user = Actor.of(security);
        adapter.tell(source -> source.changeAccess(name, allow, deny, user));
        return adapter.listener(name);
    }

    @PUT
    @Path("{name}/rates")
    @Consumes(MediaType.APPLICATION_JSON)
    public ListenerSnapshot rates(@PathParam("name") String name, InputStream body) {
        adapter.listener(name);
        JsonBody given = JsonBody.read(body, "read", "readEach", "write", "writeEach");
        Rates rates =
                new Rates(
                        given.number("read"),
                        given.number("readEach"),
                        given.number("write"),
                        given.number("writeEach"));
        String user = Actor.of(security);
        adapter.tell(source -> source.changeRates(name, rates, user));
        return adapter.listener(name);
    }

    /** Sends bytes to it and waits for what it answers. */
    @POST
    @Path("{name}/send")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public SentBody send(
            @PathParam("name") String name,
            @QueryParam("enclosed") @Nullable String enclosed,
            @QueryParam("ends") @Nullable String ends,
            @QueryParam("patience") @Nullable String patience,
            InputStream body) {
        adapter.listener(name);
        Duration wanted = Values.duration("patience", patience);
        SendRequest request =
                new SendRequest(
                        name,
                        ByteBuffer.wrap(Bytes.read(body, SendRequest.MOST_BYTES)),
                        Values.flag("enclosed", enclosed, true),
                        Values.flag("ends", ends, true),
                        wanted == null ? PATIENCE : wanted);
        String user = Actor.of(security);
        return SentBody.of(adapter.ask(source -> source.send(request, user)));
    }
}
