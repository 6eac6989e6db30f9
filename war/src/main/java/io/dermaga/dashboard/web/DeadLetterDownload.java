package io.dermaga.dashboard.web;

import io.dermaga.masking.DeadLetterContents;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The bytes of a dead letter as a file: what would be delivered as {@code
 * /deadletter/content?id=…}, what was delivered as {@code /deadletter/original?id=…}.
 */
@WebServlet({DeadLetterDownload.CONTENT, DeadLetterDownload.ORIGINAL})
public class DeadLetterDownload extends HttpServlet {

    static final String CONTENT = "/deadletter/content";
    static final String ORIGINAL = "/deadletter/original";

    @Inject private DeadLetterContents contents;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String id = request.getParameter("id");
        boolean original = request.getServletPath().equals(ORIGINAL);
        Optional<InputStream> content =
                id == null
                        ? Optional.empty()
                        : original ? contents.original(id) : contents.content(id);
        Attachment.send(response, content, id + (original ? ".original.bin" : ".bin"));
    }
}
