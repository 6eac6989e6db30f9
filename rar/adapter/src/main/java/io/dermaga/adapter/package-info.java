/**
 * The Connectors contract around the engine.
 *
 * <p>In: calls of the container (start, activation, deactivation, stop). Out: calls of
 * message-driven beans through their endpoints, on threads of the container's work manager. May
 * fail: a bad setting fails the activation with all problems at once; whatever the container
 * refuses later is back-pressure.
 */
@NullMarked
package io.dermaga.adapter;

import org.jspecify.annotations.NullMarked;
