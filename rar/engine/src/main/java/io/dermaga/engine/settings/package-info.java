/**
 * Validated immutable settings.
 *
 * <p>In: texts from activation properties, files, environment and system properties. Out: records
 * that are correct by construction, and the source of each value. Runs on the deploying thread. May
 * fail with {@link io.dermaga.engine.settings.SettingsException}, which holds all problems at once.
 */
@NullMarked
package io.dermaga.engine.settings;

import org.jspecify.annotations.NullMarked;
