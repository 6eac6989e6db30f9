package io.dermaga.rest;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.DeadLetterGroup;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.masking.DeadLetterContents;
import io.dermaga.masking.Masks;
import io.dermaga.security.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Dead letters, the one of the newest failure first, and what is done to one. */
@Path("v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class DeadLettersResource {

    private static final String LETTER = "dead letter";

    /** The largest content that is taken, in bytes: as on the page. */
    static final int MOST_BYTES = 16 * 1024 * 1024;

    @Inject private Adapter adapter;
    @Inject private DeadLetterContents contents;
    @Inject private Masks masks;
    @Context private SecurityContext security;

    @GET
    public Page<DeadLetterBody> list(
            @BeanParam DeadLetterQuery query,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        int most = Values.limit(limit);
        DeadLetterFilter filter = query.filter();
        List<DeadLetter> found = adapter.ask(source -> source.deadLetters(filter, after, most + 1));
        return Page.of(found, most, DeadLetter::id)
                .map(letter -> DeadLetterBody.of(masks.letter(letter)));
    }

    /** The most frequent fault first. */
    @GET
    @Path("groups")
    public Page<DeadLetterGroup> groups(@BeanParam DeadLetterQuery query) {
        DeadLetterFilter filter = query.filter();
        Set<String> listeners = adapter.ask(DeadLettersResource::listeners);
        return Page.all(adapter.ask(source -> source.deadLetterGroups(filter)))
                .map(group -> masks.group(group, listeners));
    }

    private static Set<String> listeners(Monitor source) {
        return source.snapshot().listeners().stream()
                .map(ListenerSnapshot::name)
                .collect(Collectors.toSet());
    }

    @GET
    @Path("{id}")
    public DeadLetterBody get(@PathParam("id") String id) {
        DeadLetter letter = Adapter.found(adapter.ask(source -> source.deadLetter(id)), LETTER, id);
        return DeadLetterBody.of(masks.letter(letter));
    }

    /** What would be delivered. */
    @GET
    @Path("{id}/content")
    @Needs(Role.PAYLOAD_READER)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response content(@PathParam("id") String id) {
        return Bytes.download(Adapter.found(contents.content(id), LETTER, id), id + ".bin");
    }

    /** What was delivered. */
    @GET
    @Path("{id}/original")
    @Needs(Role.PAYLOAD_READER)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response original(@PathParam("id") String id) {
        return Bytes.download(
                Adapter.found(contents.original(id), LETTER, id), id + ".original.bin");
    }

    /** What would be delivered, as it came, for a reason that is audited. */
    @POST
    @Path("{id}/reveal")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.REVEALER)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response reveal(
            @PathParam("id") String id, InputStream body, @Context HttpServletRequest client) {
        RevealBody.read(body, client);
        InputStream content =
                Adapter.found(adapter.ask(source -> source.deadLetterContent(id)), LETTER, id);
        return Bytes.download(content, id + ".bin");
    }

    @PUT
    @Path("{id}/content")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public DeadLetterBody edit(@PathParam("id") String id, InputStream body) {
        byte[] content = Bytes.read(body, MOST_BYTES);
        String user = Actor.of(security);
        act(id, source -> source.editDeadLetter(id, content, user));
        return get(id);
    }

    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id) {
        String user = Actor.of(security);
        act(id, source -> source.deleteDeadLetter(id, user));
    }

    private void act(String id, Function<Monitor, Boolean> action) {
        if (!adapter.ask(action)) {
            throw Refused.unknown(LETTER, id);
        }
    }
}
