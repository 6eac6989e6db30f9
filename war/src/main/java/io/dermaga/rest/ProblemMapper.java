package io.dermaga.rest;

import io.dermaga.dashboard.text.Visible;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what was refused or has failed; of what nobody has thought of, only that it happened. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

    /** Headers of a refusal that say what would be allowed. */
    private static final List<String> KEPT = List.of(HttpHeaders.ALLOW, HttpHeaders.RETRY_AFTER);

    @Override
    public Response toResponse(Throwable failed) {
        if (failed instanceof Refused refused) {
            return response(refused.status(), String.valueOf(refused.getMessage()), null);
        }
        if (failed instanceof WebApplicationException web) {
            return ofServer(web.getResponse());
        }
        int status = status(failed);
        if (status > 0 && Problem.isNumbered(failed.getMessage())) {
            return response(status, String.valueOf(failed.getMessage()), null);
        }
        LOG.log(
                System.Logger.Level.ERROR,
                "DMG4319 a request of the REST interface failed",
                failed);
        return response(
                500, "DMG4319 an unexpected error, which the log of the server tells", null);
    }

    /** What the monitor throws, as its documentation says; 0 for what it does not speak of. */
    private static int status(Throwable failed) {
        if (failed instanceof IllegalStateException) {
            // what is masked in it was forgotten
            return String.valueOf(failed.getMessage()).startsWith("DMG4704") ? 410 : 409;
        }
        if (failed instanceof IllegalArgumentException) {
            String message = String.valueOf(failed.getMessage());
            // the resources know their listener: DMG1007 says here that it has no certificates
            return message.startsWith("DMG1007") ? 409 : 400;
        }
        return failed instanceof UncheckedIOException ? 500 : 0;
    }

    private static Response ofServer(Response own) {
        int status = own.getStatus();
        String detail =
                switch (status) {
                    case 404 -> "DMG4316 there is nothing at this path: /api/openapi.yaml has all";
                    case 405 ->
                            "DMG4317 this path does not have this method, allowed: "
                                    + own.getHeaderString(HttpHeaders.ALLOW);
                    case 406, 415 ->
                            "DMG4318 this media type is not taken or not made here:"
                                    + " /api/openapi.yaml has all";
                    default -> "DMG4320 the request cannot be understood";
                };
        return response(status, detail, own);
    }

    private static Response response(int status, String detail, @Nullable Response own) {
        Response.ResponseBuilder answer =
                Response.status(status)
                        .type(Problem.MEDIA_TYPE)
                        .entity(Problem.of(status, Visible.line(detail)));
        if (own != null) {
            KEPT.forEach(name -> answer.header(name, own.getHeaderString(name)));
        }
        return answer.build();
    }
}
