package io.dermaga.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused: problem details of RFC 9457.
 *
 * @param type always {@code about:blank}: the title is that of the status
 * @param title of the status
 * @param status of the response
 * @param detail numbered, one sentence
 * @param number of the sentence, by which docs/messages.md has it; null if it has none
 */
public record Problem(
        String type, String title, int status, String detail, @Nullable String number) {

    static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    private static final Pattern NUMBER = Pattern.compile("^(DMG[0-9]{4}) ");

    static Problem of(int status, String detail) {
        Response.Status known = Response.Status.fromStatusCode(status);
        Matcher number = NUMBER.matcher(detail);
        return new Problem(
                "about:blank",
                known == null ? "Error" : known.getReasonPhrase(),
                status,
                detail,
                number.find() ? number.group(1) : null);
    }

    /** Whether a message is a numbered sentence, made to be told. */
    static boolean isNumbered(@Nullable String message) {
        return message != null && NUMBER.matcher(message).find();
    }
}
