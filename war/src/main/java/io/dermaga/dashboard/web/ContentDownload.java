package io.dermaga.dashboard.web;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.history.MessageLookup;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Optional;

/** The kept bytes of a message as a file: {@code /content?id=…}. */
@WebServlet("/content")
public class ContentDownload extends HttpServlet {

    @Inject private MessageLookup messages;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String id = request.getParameter("id");
        Optional<MessageContent> content = id == null ? Optional.empty() : messages.content(id);
        if (content.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        var head = content.get().head();
        Attachment.begin(response, "application/octet-stream", content.get().id() + ".bin");
        response.setContentLength(head.remaining());
        try (var out = Channels.newChannel(response.getOutputStream())) {
            while (head.hasRemaining()) {
                out.write(head);
            }
        }
    }
}
