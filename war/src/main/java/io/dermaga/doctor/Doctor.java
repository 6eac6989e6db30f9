package io.dermaga.doctor;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.history.HistoryStatus;
import io.dermaga.history.MessageHistory;
import io.dermaga.monitor.ConnectedMonitor;
import io.dermaga.oidc.IdentityProvider;
import io.dermaga.oidc.ProviderCheck;
import io.dermaga.settings.Configuration;
import io.dermaga.traces.TraceStatus;
import io.dermaga.traces.Traces;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks at all of it, each time anew. Blocks for the time of a thread's and a transaction's begin,
 * at most two seconds, and while the identity provider is asked, within its time limits.
 */
@RequestScoped
public class Doctor {

    private static final int LONGEST_WAIT_SECONDS = 2;

    @Inject private ConnectedMonitor monitor;
    @Inject private MessageHistory history;
    @Inject private Traces traces;
    @Inject private IdentityProvider provider;
    @Inject private StartedClock clock;
    @Inject private ServletContext application;
    @Inject private HttpServletRequest request;
    @Resource private ManagedExecutorService executor;
    @Resource private UserTransaction transaction;

    @Resource(lookup = "java:app/AppName")
    private String applicationName;

    @Resource(lookup = "java:module/ModuleName")
    private String moduleName;

    /** What was found, in the order of {@link Check}. */
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        Optional<AdapterSnapshot> adapter = monitor.ask(Monitor::snapshot);
        adapter.ifPresentOrElse(
                snapshot -> addAdapter(findings, snapshot),
                () -> findings.add(new Finding(Check.ADAPTER, Verdict.BAD, "–")));
        findings.add(visibility());
        findings.add(threads());
        findings.add(transactions());
        findings.add(clock.look());
        findings.add(ServerChecks.data(Configuration.ofProcess().dataDirectory()));
        findings.add(kept());
        traces.status().ifPresent(status -> findings.add(traced(status)));
        provider.look().map(Doctor::provider).ifPresent(findings::add);
        findings.add(
                Finding.of(
                        Check.ENCRYPTION,
                        request.isSecure(),
                        Verdict.NOTICE,
                        request.getScheme() + "://" + request.getServerName()));
        findings.sort(Comparator.comparing(Finding::check));
        return findings;
    }

    private void addAdapter(List<Finding> findings, AdapterSnapshot snapshot) {
        AdapterChecks checks = new AdapterChecks(snapshot);
        findings.addAll(
                checks.look(
                        application.getInitParameter(
                                "org.omnifaces.VERSIONED_RESOURCE_HANDLER_VERSION")));
        ServerChecks.descriptors(checks.connections()).ifPresent(findings::add);
        ServerChecks.backlog(checks.backlog()).ifPresent(findings::add);
        findings.add(ServerChecks.memory(snapshot.memory().budgetLimit()));
    }

    /** An adapter in an EAR belongs to that EAR (Jakarta Connectors 2.1, 20.2.0.4). */
    private Finding visibility() {
        return Finding.of(
                Check.VISIBILITY,
                applicationName.equals(moduleName),
                Verdict.NOTICE,
                applicationName.equals(moduleName)
                        ? moduleName
                        : applicationName + " / " + moduleName);
    }

    private Finding threads() {
        try {
            Future<String> name = executor.submit(() -> Thread.currentThread().getName());
            return Finding.good(Check.THREADS, name.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
        } catch (RejectedExecutionException | ExecutionException | TimeoutException none) {
            return new Finding(Check.THREADS, Verdict.BAD, none.toString());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Finding(Check.THREADS, Verdict.BAD, stopping.toString());
        }
    }

    private Finding transactions() {
        try {
            transaction.begin();
            transaction.rollback();
            return Finding.good(Check.TRANSACTIONS, "begin, rollback");
        } catch (NotSupportedException | SystemException | RuntimeException none) {
            return new Finding(Check.TRANSACTIONS, Verdict.BAD, none.toString());
        }
    }

    private static Finding traced(TraceStatus status) {
        String problem = status.problem();
        return problem == null
                ? Finding.of(
                        Check.TRACES,
                        status.dropped() == 0,
                        Verdict.NOTICE,
                        "%d / %d".formatted(status.exported(), status.dropped()))
                : new Finding(Check.TRACES, Verdict.BAD, problem);
    }

    private static Finding provider(ProviderCheck found) {
        return Finding.of(
                Check.IDENTITY_PROVIDER,
                found.isUsable() && found.isInTime(),
                found.isUsable() ? Verdict.NOTICE : Verdict.BAD,
                found.fact());
    }

    private Finding kept() {
        if (!history.isKept()) {
            return new Finding(Check.HISTORY, Verdict.NOTICE, "dermaga.history=off");
        }
        HistoryStatus status = history.status();
        String problem = status.problem();
        return problem == null
                ? Finding.of(
                        Check.HISTORY,
                        status.dropped() == 0,
                        Verdict.NOTICE,
                        "%d / %d".formatted(status.messages(), status.dropped()))
                : new Finding(Check.HISTORY, Verdict.BAD, problem);
    }
}
