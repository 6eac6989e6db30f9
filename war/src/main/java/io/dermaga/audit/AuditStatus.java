package io.dermaga.audit;

import org.jspecify.annotations.Nullable;

/**
 * How it stands with the audit.
 *
 * @param unwritten how many actions are missing in it since the dashboard was started
 * @param problem why it cannot be written now, one sentence; null if it can
 */
public record AuditStatus(long unwritten, @Nullable String problem) {}
