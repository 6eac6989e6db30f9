package io.dermaga.rest;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.attributes.Attribute;
import io.dermaga.history.FoundMessages;
import io.dermaga.history.MessageExport;
import io.dermaga.history.MessageHistory;
import io.dermaga.history.MessageLookup;
import io.dermaga.history.MessagePlace;
import io.dermaga.history.MessageSearch;
import io.dermaga.history.StoredMessage;
import io.dermaga.security.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finished messages: those of the past from the history, the latest from the adapter. */
@Path("v1/messages")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class MessagesResource {

    @Inject private Adapter adapter;
    @Inject private MessageHistory history;
    @Inject private MessageLookup messages;

    /** The newest first; a page that took too long has fewer, and a next one. */
    @GET
    public Page<MessageRecord> search(
            @BeanParam MessageQuery query,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        int most = Values.limit(limit);
        MessagePlace place = Values.place("after", after);
        MessageSearch wanted = query.search();
        needHistory();
        FoundMessages found = there(history.search(wanted, place, most));
        MessagePlace next = found.next();
        return new Page<>(found.messages(), next == null ? null : next.toString())
                .map(StoredMessage::facts);
    }

    private void needHistory() {
        if (!history.isKept()) {
            throw Refused.of(Status.NOT_FOUND, "DMG4322 no history is kept: dermaga.history=off");
        }
    }

    private static <T> T there(Optional<T> found) {
        return found.orElseThrow(
                () ->
                        Refused.of(
                                Status.SERVICE_UNAVAILABLE,
                                "DMG4323 the database of the history is away"));
    }

    /** Many as one file, the newest first, as the pages of the dashboard give it. */
    @GET
    @Path("export")
    @Needs(Role.PAYLOAD_READER)
    @Produces(MediaType.WILDCARD)
    public Response export(
            @BeanParam MessageQuery query, @QueryParam("format") @Nullable String format) {
        MessageExport.Format wanted =
                MessageExport.Format.of(format)
                        .orElseThrow(
                                () ->
                                        Refused.bad(
                                                "parameter 'format'",
                                                format == null ? "" : format,
                                                "jsonl, zip"));
        MessageSearch search = query.search();
        needHistory();
        Iterator<MessageRecord> found = there(history.all(search));
        StreamingOutput file = out -> MessageExport.write(wanted, found, messages::content, out);
        return Bytes.download(file, wanted.mediaType(), wanted.fileName());
    }

    /** Those that the adapter remembers, the oldest first. */
    @GET
    @Path("latest")
    public Feed<MessageRecord> latest(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        return Feed.of(
                        adapter,
                        after,
                        limit,
                        Monitor::lastMessage,
                        Monitor::messages,
                        MessageRecord::sequence)
                .map(messages::covered);
    }

    @GET
    @Path("{id}")
    public MessageRecord get(@PathParam("id") String id) {
        return Adapter.found(messages.find(id), "message", id);
    }

    /** What it is found by, out of what is kept of its content. */
    @GET
    @Path("{id}/attributes")
    @Needs(Role.PAYLOAD_READER)
    public List<Attribute> attributes(@PathParam("id") String id) {
        MessageRecord facts = get(id);
        return messages.attributes(facts, messages.content(facts).orElse(null));
    }

    /** What is kept of its content. */
    @GET
    @Path("{id}/content")
    @Needs(Role.PAYLOAD_READER)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response content(@PathParam("id") String id) {
        return download(head(messages.content(id), id), id + ".bin");
    }

    /** What is kept of what its peer was told of it. */
    @GET
    @Path("{id}/acknowledgement")
    @Needs(Role.PAYLOAD_READER)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response acknowledgement(@PathParam("id") String id) {
        Optional<ByteBuffer> told =
                messages.content(id)
                        .map(MessageContent::acknowledgement)
                        .filter(ByteBuffer::hasRemaining);
        return download(Adapter.found(told, "acknowledgement of message", id), id + ".ack.bin");
    }

    /** Its content as it came, for a reason that is audited. */
    @POST
    @Path("{id}/reveal")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.REVEALER)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response reveal(
            @PathParam("id") String id, InputStream body, @Context HttpServletRequest client) {
        RevealBody.read(body, client);
        return download(head(messages.uncovered(id), id), id + ".bin");
    }

    private static ByteBuffer head(Optional<MessageContent> content, String id) {
        return Adapter.found(content, "content of message", id).head();
    }

    private static Response download(ByteBuffer kept, String fileName) {
        byte[] bytes = new byte[kept.remaining()];
        kept.get(bytes);
        return Bytes.download(bytes, fileName);
    }
}
