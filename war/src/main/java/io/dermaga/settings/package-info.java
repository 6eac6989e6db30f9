/**
 * What an operator has set for the dashboard.
 *
 * <p>In: system properties, environment, one file. Out: values. On any thread. May fail: the file
 * cannot be read (DMG4004).
 */
@NullMarked
package io.dermaga.settings;

import org.jspecify.annotations.NullMarked;
