package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.dashboard.connections.ConnectionColumn;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;

/** Numbers of connections in the reader's language, all of the same moment. */
@Named("connectionCells")
@RequestScoped
public class ConnectionCells {

    @Inject private PageFormat format;

    private final Instant now = Instant.now();

    /** The number of a column that has numbers. */
    public String figure(ConnectionColumn column, ConnectionSnapshot connection) {
        long figure = column.number(connection, now);
        return column.measure()
                .map(
                        measure ->
                                switch (measure) {
                                    case COUNT -> format.count(figure);
                                    case SIZE -> format.depth(figure);
                                    case AGE -> format.age(now.minus(Duration.ofMillis(figure)));
                                })
                .orElse("");
    }
}
