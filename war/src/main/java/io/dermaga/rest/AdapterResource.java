package io.dermaga.rest;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.Monitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The adapter with all its listeners, at one moment. */
@Path("v1/adapter")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class AdapterResource {

    @Inject private Adapter adapter;

    @GET
    public AdapterSnapshot get() {
        return adapter.ask(Monitor::snapshot);
    }
}
