package io.dermaga.alerts;

import org.jspecify.annotations.Nullable;

/**
 * How it stands with the webhook.
 *
 * @param address where alerts are sent, without what may be secret of it
 * @param sent how many were taken since the start
 * @param waiting how many wait to be sent
 * @param lost how many were given up since the start
 * @param problem numbered, why the last one was not taken; null if it was
 */
public record WebhookStatus(
        String address, long sent, int waiting, long lost, @Nullable String problem) {}
