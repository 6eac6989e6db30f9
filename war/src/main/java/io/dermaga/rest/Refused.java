package io.dermaga.rest;

import jakarta.ws.rs.core.Response.Status;

/** A request that is refused; the message is numbered, one sentence. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    private Refused(int status, String message) {
        super(message);
        this.status = status;
    }

    static Refused of(Status status, String message) {
        return new Refused(status.getStatusCode(), message);
    }

    static Refused noListener(String name) {
        return of(Status.NOT_FOUND, "DMG1007 there is no listener '" + name + "'");
    }

    /** There is nothing with this id, or not any more. */
    static Refused unknown(String what, String id) {
        return of(Status.NOT_FOUND, "DMG4311 there is no " + what + " '" + id + "'");
    }

    /** It is not in the state for that. */
    static Refused conflict(String what, String id, String state) {
        return of(Status.CONFLICT, "DMG4313 " + what + " '" + id + "' is " + state);
    }

    /** A value that was given cannot be used. */
    static Refused bad(String what, String given, String allowed) {
        return of(
                Status.BAD_REQUEST,
                "DMG4314 %s: given '%s', allowed: %s".formatted(what, given, allowed));
    }

    static Refused tooLarge(int most) {
        return of(
                Status.REQUEST_ENTITY_TOO_LARGE,
                "DMG4315 the body is too large, allowed: " + most + " bytes");
    }

    int status() {
        return status;
    }
}
