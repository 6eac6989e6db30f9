package io.dermaga.dashboard.page;

import io.dermaga.audit.AuditLog;
import io.dermaga.audit.AuditRecord;
import io.dermaga.audit.AuditRecords;
import io.dermaga.audit.AuditResult;
import io.dermaga.audit.AuditSearch;
import io.dermaga.audit.AuditStatus;
import io.dermaga.dashboard.text.Visible;
import io.dermaga.security.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Servlets;

/**
 * Who has done what: {@code audit.xhtml?who=…&action=…&result=…&from=…&until=…&after=…}; times are
 * local ones of the server, such as {@code 2026-03-01T08:00}.
 */
@Named("auditPage")
@RequestScoped
public class AuditPage {

    private static final int PAGE = 50;

    @Inject private AuditLog audit;

    private @Nullable String who;
    private @Nullable String action;
    private @Nullable String result;
    private @Nullable String from;
    private @Nullable String until;
    private @Nullable String after;

    private @Nullable String refused;
    private @Nullable String problem;
    private @Nullable AuditRecords found;

    /** Searches, once the parameters are known; for an admin only. */
    public void load() {
        if (!FacesContext.getCurrentInstance().getExternalContext().isUserInRole(Role.ADMIN)) {
            return;
        }
        try {
            AuditSearch wanted = AuditQuery.of(Given.first(parameters()));
            Long before = Given.parsed(after, Given::amount);
            found = audit.find(wanted, before == null ? Long.MAX_VALUE : before, PAGE);
        } catch (IllegalArgumentException notAllowed) {
            refused = notAllowed.getMessage();
        } catch (UncheckedIOException failed) {
            problem = Visible.line(String.valueOf(failed.getMessage()));
        }
    }

    /** A page of what was done, the newest first. */
    public List<AuditRecord> getRows() {
        return found == null ? List.of() : found.records();
    }

    /** Whether it was searched, with or without a result. */
    public boolean isSearched() {
        return found != null;
    }

    /** How far back was looked before it was enough; null if all was. */
    public @Nullable Instant getLookedBackTo() {
        return found == null ? null : found.lookedBackTo();
    }

    /** What was given and cannot be read; null if all can be. */
    public @Nullable String getRefused() {
        return refused;
    }

    /** Why it cannot be read, or not be written; null if all is well. */
    public @Nullable String getProblem() {
        return problem == null ? getStatus().problem() : problem;
    }

    public AuditStatus getStatus() {
        return audit.status();
    }

    /** Query of the address of the first page, and of the export. */
    public String getNewest() {
        return Servlets.toQueryString(parameters());
    }

    /** Query of the address of the next page; null if this is the last one. */
    public @Nullable String getOlder() {
        AuditRecords shown = found;
        if (shown == null || shown.next() == 0) {
            return null;
        }
        Map<String, List<String>> parameters = parameters();
        parameters.put("after", List.of(Long.toString(shown.next())));
        return Servlets.toQueryString(parameters);
    }

    private Map<String, List<String>> parameters() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        Given.put(parameters, "who", who);
        Given.put(parameters, "action", action);
        Given.put(parameters, "result", result);
        Given.put(parameters, "from", from);
        Given.put(parameters, "until", until);
        return parameters;
    }

    public AuditResult[] getResults() {
        return AuditResult.values();
    }

    public @Nullable String getWho() {
        return who;
    }

    public void setWho(@Nullable String who) {
        this.who = who;
    }

    public @Nullable String getAction() {
        return action;
    }

    public void setAction(@Nullable String action) {
        this.action = action;
    }

    public @Nullable String getResult() {
        return result;
    }

    public void setResult(@Nullable String result) {
        this.result = result;
    }

    public @Nullable String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = from;
    }

    public @Nullable String getUntil() {
        return until;
    }

    public void setUntil(@Nullable String until) {
        this.until = until;
    }

    public @Nullable String getAfter() {
        return after;
    }

    public void setAfter(@Nullable String after) {
        this.after = after;
    }
}
