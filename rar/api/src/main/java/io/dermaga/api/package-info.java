/**
 * All that the author of a message-driven bean compiles against.
 *
 * <p>In: calls of the adapter into {@link io.dermaga.api.PayloadListener}, {@link
 * io.dermaga.api.BatchListener} and {@link io.dermaga.api.SocketListener} beans, always on a thread
 * of the container, never on an event loop. Out: calls of a bean to its {@link
 * io.dermaga.api.Connection}, which never block. May fail: every error carries a number that
 * docs/messages.md explains.
 */
@NullMarked
package io.dermaga.api;

import org.jspecify.annotations.NullMarked;
