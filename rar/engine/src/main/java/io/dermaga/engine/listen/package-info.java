/**
 * ① Listening sockets and the life of connections.
 *
 * <p>In: settings, and connections of peers. Out: contents and events, added to the lane of each
 * connection. An event loop owns a connection: it accepts, admits, reads, frames and writes, and
 * never calls a bean. May fail: a port that cannot be bound is tried again; a connection that fails
 * is closed with a reason.
 */
@NullMarked
package io.dermaga.engine.listen;

import org.jspecify.annotations.NullMarked;
