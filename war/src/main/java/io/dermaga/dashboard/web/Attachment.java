package io.dermaga.dashboard.web;

import io.dermaga.dashboard.text.FileName;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Bytes of peers as a file: to be saved, never to be shown. */
final class Attachment {

    private Attachment() {}

    /** Tells what file the answer is. */
    static void begin(HttpServletResponse response, String mediaType, String name) {
        response.setContentType(mediaType);
        response.setHeader("Content-Disposition", FileName.attachment(name));
    }

    /** Answers with a file of bytes; 404 if there is none. Closes it. */
    static void send(HttpServletResponse response, Optional<InputStream> content, String name)
            throws IOException {
        if (content.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        try (InputStream bytes = content.get()) {
            begin(response, "application/octet-stream", name);
            bytes.transferTo(response.getOutputStream());
        }
    }
}
