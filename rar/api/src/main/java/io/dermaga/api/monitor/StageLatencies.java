package io.dermaga.api.monitor;

/**
 * How long the stages of payloads took that a bean was called with, delivered or failed. Each
 * payload counts once in every stage.
 *
 * @param receiving from the first to the last byte
 * @param waiting from the last byte to the first call of a bean
 * @param inBean from the first call of a bean to the outcome, waits between calls included
 * @param whole from the first byte to the outcome
 */
public record StageLatencies(
        LatencySnapshot receiving,
        LatencySnapshot waiting,
        LatencySnapshot inBean,
        LatencySnapshot whole) {}
