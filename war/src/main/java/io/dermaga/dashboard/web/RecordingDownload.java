package io.dermaga.dashboard.web;

import io.dermaga.monitor.ConnectedMonitor;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A recording as a file for Wireshark: {@code /recording/content?id=…}; for readers of payloads.
 */
@WebServlet("/recording/content")
public class RecordingDownload extends HttpServlet {

    @Inject private ConnectedMonitor monitor;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String id = request.getParameter("id");
        Optional<InputStream> content =
                id == null
                        ? Optional.empty()
                        : monitor.ask(source -> source.recordings().content(id))
                                .flatMap(one -> one);
        Attachment.send(response, content, "recording-" + id + ".pcapng");
    }
}
