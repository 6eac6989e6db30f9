package io.dermaga.rest;

import io.dermaga.audit.AuditLog;
import io.dermaga.audit.AuditRecord;
import io.dermaga.audit.AuditRecords;
import io.dermaga.audit.AuditResult;
import io.dermaga.audit.AuditSearch;
import io.dermaga.security.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Who has done what, the newest first. */
@Path("v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class AuditResource {

    @Inject private AuditLog audit;

    /** A page that would take too long has fewer, and a next one. */
    @GET
    @Needs(Role.ADMIN)
    public Page<AuditRecord> list(
            @QueryParam("who") @Nullable String who,
            @QueryParam("action") @Nullable String action,
            @QueryParam("result") @Nullable String result,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        AuditSearch search =
                new AuditSearch(
                        who,
                        action,
                        Values.constant("result", result, AuditResult.class),
                        Values.instant("from", from),
                        Values.instant("to", to));
        Long before = Values.number("after", after, 1, Long.MAX_VALUE);
        AuditRecords found =
                audit.find(search, before == null ? Long.MAX_VALUE : before, Values.limit(limit));
        return new Page<>(found.records(), found.next() == 0 ? null : Long.toString(found.next()));
    }
}
