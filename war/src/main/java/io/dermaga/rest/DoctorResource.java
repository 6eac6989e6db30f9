package io.dermaga.rest;

import io.dermaga.doctor.Doctor;
import io.dermaga.doctor.Finding;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What may stand in the way on this server. */
@Path("v1/doctor")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class DoctorResource {

    @Inject private Doctor doctor;

    @GET
    public Page<Finding> look() {
        return Page.all(doctor.look());
    }
}
