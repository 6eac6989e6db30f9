package io.dermaga.rest;

import io.dermaga.dashboard.text.FileName;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that come and go. */
final class Bytes {

    private Bytes() {}

    /** All of a body; a larger one is refused, and no more of it is read. */
    static byte[] read(InputStream body, int most) {
        try {
            byte[] bytes = body.readNBytes(most + 1);
            if (bytes.length > most) {
                throw Refused.tooLarge(most);
            }
            return bytes;
        } catch (IOException cut) {
            throw Refused.of(
                    Response.Status.BAD_REQUEST, "DMG4320 the request cannot be understood");
        }
    }

    /**
     * A file to be saved, never to be shown.
     *
     * @param content bytes or a stream
     */
    static Response download(Object content, String name) {
        return download(content, MediaType.APPLICATION_OCTET_STREAM, name);
    }

    /** The same of another type. */
    static Response download(Object content, String mediaType, String name) {
        return Response.ok(content, mediaType)
                .header("Content-Disposition", FileName.attachment(name))
                .build();
    }
}
