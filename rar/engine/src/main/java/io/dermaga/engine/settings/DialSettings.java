package io.dermaga.engine.settings;

import java.time.Duration;

/**
 * How connections are made by this side.
 *
 * @param connections kept at a time
 * @param connectTimeout for one attempt
 * @param reconnectMin first wait before the next attempt; doubled after each that fails
 * @param reconnectMax longest wait
 */
public record DialSettings(
        int connections, Duration connectTimeout, Duration reconnectMin, Duration reconnectMax) {}
