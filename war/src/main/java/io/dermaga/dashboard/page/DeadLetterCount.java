package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** How many dead letters there are, for the navigation of every page. */
@Named("deadLetterCount")
@RequestScoped
public class DeadLetterCount {

    @Inject private ConnectedMonitor monitor;

    public long getAll() {
        return monitor.ask(source -> source.deadLetterCount(DeadLetterFilter.ALL)).orElse(0L);
    }
}
