package io.dermaga.settings;

/**
 * A setting of the dashboard, in force.
 *
 * @param name as documented
 * @param value secrets hidden; empty if it has none
 * @param source {@code default}, {@code file PATH}, {@code environment NAME} or {@code system
 *     property NAME}
 */
public record KnownSetting(String name, String value, String source) {}
