package io.dermaga.security;

import java.util.List;

/** Names of the roles. Each user is a viewer; the others are given one by one. */
public final class Role {

    /** May see figures, connections and the facts of messages, not their contents. */
    public static final String VIEWER = "viewer";

    /** May see the contents of messages and dead letters, and search for them. */
    public static final String PAYLOAD_READER = "payload-reader";

    /** May see what is masked in contents, each time with a reason; reads contents besides. */
    public static final String REVEALER = "revealer";

    /** May act: close a connection, replay, edit and delete dead letters. */
    public static final String OPERATOR = "operator";

    /** May see the audit, and change users. */
    public static final String ADMIN = "admin";

    /** All of them. */
    public static final List<String> ALL =
            List.of(VIEWER, PAYLOAD_READER, REVEALER, OPERATOR, ADMIN);

    /** Those of the first user, who gives what is missing to himself or others in the audit. */
    static final List<String> OF_FIRST = List.of(VIEWER, PAYLOAD_READER, OPERATOR, ADMIN);

    private Role() {}
}
