package io.dermaga.dashboard.connections;

import io.dermaga.api.monitor.ConnectionSnapshot;
import java.util.List;

/**
 * A page of what was found.
 *
 * @param rows of the page
 * @param count of all that were found
 * @param of how many there are
 * @param page its number, from 1: a page that there is
 * @param pages how many there are, 1 or more
 */
public record FoundConnections(
        List<ConnectionSnapshot> rows, int count, int of, int page, int pages) {}
