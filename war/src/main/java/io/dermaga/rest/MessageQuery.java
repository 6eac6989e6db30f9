package io.dermaga.rest;

import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.history.MessageSearch;
import io.dermaga.security.Role;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** The parameters that choose messages of the past. */
public class MessageQuery {

    @QueryParam("listener")
    @Nullable String listener;

    @QueryParam("remoteAddress")
    @Nullable String remoteAddress;

    @QueryParam("outcome")
    @Nullable String outcome;

    @QueryParam("error")
    @Nullable String error;

    @QueryParam("connection")
    @Nullable String connection;

    @QueryParam("from")
    @Nullable String from;

    @QueryParam("to")
    @Nullable String to;

    @Needs(Role.PAYLOAD_READER)
    @QueryParam("text")
    @Nullable String text;

    @Needs(Role.PAYLOAD_READER)
    @QueryParam("attribute")
    @Nullable String attribute;

    @QueryParam("minSize")
    @Nullable String minSize;

    @QueryParam("maxSize")
    @Nullable String maxSize;

    @QueryParam("minDuration")
    @Nullable String minDuration;

    @QueryParam("minAttempts")
    @Nullable String minAttempts;

    MessageSearch search() {
        Long attempts = Values.number("minAttempts", minAttempts, 0, Integer.MAX_VALUE);
        return new MessageSearch.Builder()
                .listener(listener)
                .peer(remoteAddress)
                .outcome(Values.constant("outcome", outcome, Outcome.class))
                .error(error)
                .text(text)
                .attribute(attribute)
                .connection(connection)
                .from(Values.instant("from", from))
                .until(Values.instant("to", to))
                .minSize(Values.number("minSize", minSize, 0, Long.MAX_VALUE))
                .maxSize(Values.number("maxSize", maxSize, 0, Long.MAX_VALUE))
                .minDuration(Values.duration("minDuration", minDuration))
                .minAttempts(attempts == null ? null : attempts.intValue())
                .build();
    }
}
