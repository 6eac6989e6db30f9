package io.dermaga.rest;

import io.dermaga.api.monitor.DeadLetterFilter;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** The parameters that choose dead letters. */
public class DeadLetterQuery {

    @QueryParam("listener")
    @Nullable String listener;

    @QueryParam("cause")
    @Nullable String cause;

    @QueryParam("remoteAddress")
    @Nullable String remoteAddress;

    @QueryParam("from")
    @Nullable String from;

    @QueryParam("to")
    @Nullable String to;

    @QueryParam("connection")
    @Nullable String connection;

    DeadLetterFilter filter() {
        return new DeadLetterFilter(
                listener,
                cause,
                remoteAddress,
                Values.instant("from", from),
                Values.instant("to", to),
                connection);
    }
}
