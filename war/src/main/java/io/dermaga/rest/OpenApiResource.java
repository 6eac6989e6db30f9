package io.dermaga.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.InputStream;

/** The description of this interface. */
@Path("openapi.yaml")
@RequestScoped
public class OpenApiResource {

    static final String DOCUMENT = "openapi.yaml";

    @GET
    @Produces("application/yaml")
    public InputStream get() {
        return OpenApiResource.class.getResourceAsStream(DOCUMENT);
    }
}
