package io.dermaga.api.monitor;

/**
 * A setting in force.
 *
 * @param name of the activation property
 * @param value in the form in which it can be configured
 * @param source where it comes from: {@code default}, {@code activation}, {@code application file},
 *     {@code file PATH}, {@code environment NAME}, {@code system property NAME}, or {@code operator
 *     NAME} who has changed it since
 */
public record EffectiveSetting(String name, String value, String source) {}
