package io.dermaga.security;

import java.util.Map;
import java.util.Optional;

/**
 * A path that not each viewer may have; asking for it is audited.
 *
 * @param role that is needed
 * @param action in the audit
 */
record GuardedPath(String role, String action) {

    private static final Map<String, GuardedPath> ALL =
            Map.of(
                    "/content", new GuardedPath(Role.PAYLOAD_READER, "messages.content"),
                    "/deadletter/content",
                            new GuardedPath(Role.PAYLOAD_READER, "deadLetters.content"),
                    "/deadletter/original",
                            new GuardedPath(Role.PAYLOAD_READER, "deadLetters.original"),
                    "/messages/latest", new GuardedPath(Role.PAYLOAD_READER, "messages.export"),
                    "/messages/history", new GuardedPath(Role.PAYLOAD_READER, "messages.export"),
                    "/recording/content",
                            new GuardedPath(Role.PAYLOAD_READER, "recordings.content"),
                    "/audit.xhtml", new GuardedPath(Role.ADMIN, "audit.list"),
                    "/audit/export", new GuardedPath(Role.ADMIN, "audit.export"),
                    "/users.xhtml", new GuardedPath(Role.ADMIN, "users.list"));

    static Optional<GuardedPath> of(String path) {
        return Optional.ofNullable(ALL.get(path));
    }
}
