package io.dermaga.dashboard.page;

import io.dermaga.audit.AuditResult;
import io.dermaga.audit.AuditSearch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parameters of the page of the audit, for whoever gives what it would show. */
public final class AuditQuery {

    private AuditQuery() {}

    /**
     * The search that is meant.
     *
     * @param value of a parameter by its name; null or blank if it is not given
     * @throws IllegalArgumentException with what was given, if it cannot be read
     */
    public static AuditSearch of(Function<String, @Nullable String> value) {
        return new AuditSearch(
                Given.text(value.apply("who")),
                Given.text(value.apply("action")),
                Given.parsed(value.apply("result"), AuditResult::valueOf),
                Given.parsed(value.apply("from"), Given::instant),
                Given.parsed(value.apply("until"), Given::instant));
    }
}
