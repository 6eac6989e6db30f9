package io.dermaga.rest;

import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.history.MessageSearch;
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

    MessageSearch search() {
        return new MessageSearch(
                listener,
                remoteAddress,
                Values.constant("outcome", outcome, Outcome.class),
                error,
                connection,
                Values.instant("from", from),
                Values.instant("to", to));
    }
}
