package io.dermaga.dashboard.help;

/**
 * What a setting means.
 *
 * @param text a few sentences, plain
 * @param fallback what holds if nothing is given; empty if there is nothing, or it depends
 */
public record SettingHelp(String text, String fallback) {}
