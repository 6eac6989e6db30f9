package io.dermaga.rest;

import io.dermaga.masking.Reason;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;

/** Why what is masked is to be seen: <code>{"reason": …}</code>. */
final class RevealBody {

    private RevealBody() {}

    /**
     * Takes the reason, for the audit too.
     *
     * @throws IllegalArgumentException DMG4703 if it says too little or too much
     */
    static void read(InputStream body, HttpServletRequest client) {
        String reason = JsonBody.read(body, "reason").text("reason");
        client.setAttribute(AuditingFilter.REASON, reason);
        Reason.of(reason);
    }
}
