package io.dermaga.dashboard.web;

import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.dashboard.page.HistoryQuery;
import io.dermaga.dashboard.page.MessageFilter;
import io.dermaga.history.MessageExport;
import io.dermaga.history.MessageExport.Format;
import io.dermaga.history.MessageHistory;
import io.dermaga.history.MessageLookup;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Many messages as a file: {@code format=jsonl} or {@code zip}, of the {@code ids} that are given,
 * separated by commas; else those of {@code /messages/latest} or {@code /messages/history} that the
 * parameters of these pages mean. The newest first.
 */
@WebServlet({MessagesDownload.LATEST, MessagesDownload.HISTORY})
public class MessagesDownload extends HttpServlet {

    static final String LATEST = "/messages/latest";
    static final String HISTORY = "/messages/history";

    /** More than a page of the dashboard has. */
    private static final int MOST_IDS = 1000;

    @Inject private ConnectedMonitor monitor;
    @Inject private MessageHistory history;
    @Inject private MessageLookup messages;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Format format = Format.of(request.getParameter("format")).orElse(null);
        if (format == null) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        Iterator<MessageRecord> wanted;
        try {
            wanted = wanted(request).orElse(null);
        } catch (IllegalArgumentException unreadable) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        if (wanted == null) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        Attachment.begin(response, format.mediaType(), format.fileName());
        MessageExport.write(format, wanted, messages::content, response.getOutputStream());
    }

    /** Empty if whoever has them is away. */
    private Optional<Iterator<MessageRecord>> wanted(HttpServletRequest request) {
        String ids = request.getParameter("ids");
        if (ids != null) {
            return Optional.of(
                    Arrays.stream(ids.split(",", -1))
                            .limit(MOST_IDS)
                            .map(messages::find)
                            .flatMap(Optional::stream)
                            .iterator());
        }
        if (request.getServletPath().equals(HISTORY)) {
            return history.all(HistoryQuery.of(request::getParameter));
        }
        MessageFilter filter =
                new MessageFilter(
                        request.getParameter("listener"),
                        request.getParameter("peer"),
                        request.getParameter("outcome"),
                        request.getParameter("text"));
        return monitor.ask(source -> source.messages(0, Monitor.MESSAGES_KEPT))
                .map(known -> newestFirst(known, filter));
    }

    private Iterator<MessageRecord> newestFirst(List<MessageRecord> known, MessageFilter filter) {
        List<MessageRecord> found = new ArrayList<>(known);
        found.removeIf(message -> !filter.matches(message));
        Collections.reverse(found);
        return found.stream().map(messages::covered).iterator();
    }
}
