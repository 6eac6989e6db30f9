/**
 * Who may see the dashboard and who may act, and how long.
 *
 * <p>In: the login form, HTTP Basic of machines, the configuration, the users in the data
 * directory. Out: the roles of {@link io.dermaga.security.Role}, sessions that end when their user
 * is changed, and entries of the audit. On request threads. May fail: the first user cannot be kept
 * (DMG4002), which stops the deployment; the users cannot be read (DMG4601) or written (DMG4602).
 */
@NullMarked
package io.dermaga.security;

import org.jspecify.annotations.NullMarked;
