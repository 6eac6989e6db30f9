package io.dermaga.dashboard.page;

/**
 * Help on a setting in the reader's language.
 *
 * @param name of the setting
 * @param text plain
 * @param fallback what holds if nothing is given; empty if there is nothing, or it depends
 */
public record SettingHelpRow(String name, String text, String fallback) {}
