package io.dermaga.rest;

import io.dermaga.history.HistoryStatus;
import io.dermaga.history.MessageHistory;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** How it stands with the history. */
@Path("v1/history")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class HistoryResource {

    /**
     * What is told.
     *
     * @param kept whether a history is kept at all
     * @param status of it
     */
    public record History(boolean kept, HistoryStatus status) {}

    @Inject private MessageHistory history;

    @GET
    public History get() {
        return new History(history.isKept(), history.status());
    }
}
