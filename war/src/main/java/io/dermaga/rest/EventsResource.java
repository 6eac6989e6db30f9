package io.dermaga.rest;

import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.masking.Masks;
import io.dermaga.security.Account;
import io.dermaga.security.Users;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has happened, and what happens. */
@Path("v1/events")
@RequestScoped
public class EventsResource {

    @Inject private Adapter adapter;
    @Inject private LiveEvents live;
    @Inject private Users users;
    @Inject private Masks masks;
    @Context private SecurityContext security;

    /** Those that the adapter remembers, the oldest first. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Feed<MonitorEvent> latest(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        return Feed.of(
                        adapter,
                        after,
                        limit,
                        Monitor::lastEvent,
                        Monitor::events,
                        MonitorEvent::sequence)
                .map(masks::event);
    }

    /** Events as they happen, from now on, or after the one that was received last. */
    @GET
    @Path("live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void live(
            @QueryParam("after") @Nullable String after,
            @HeaderParam("Last-Event-ID") @Nullable String lastReceived,
            @Context SseEventSink sink,
            @Context Sse sse) {
        String given = lastReceived == null ? after : lastReceived;
        Long last = Values.number("after", given, 0, Long.MAX_VALUE);
        long from = adapter.ask(source -> last == null ? source.lastEvent() : last);
        String user = Actor.of(security);
        Optional<String> stamp = users.find(user).map(Account::stamp);
        live.subscribe(from, sink, sse, () -> users.find(user).map(Account::stamp).equals(stamp));
    }
}
