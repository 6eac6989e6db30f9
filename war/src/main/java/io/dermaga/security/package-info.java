/**
 * Who may see the dashboard and who may act.
 *
 * <p>In: the login form and the configuration. Out: the roles {@code viewer} and {@code operator}.
 * On request threads. May fail: the data directory cannot be written (DMG4002), which stops the
 * deployment.
 */
@NullMarked
package io.dermaga.security;

import org.jspecify.annotations.NullMarked;
