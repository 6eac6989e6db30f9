/**
 * ④ Order per connection, concurrency across connections, back-pressure.
 *
 * <p>In: contents and events of a connection, from its event loop. Out: calls of an {@link
 * io.dermaga.engine.lane.Endpoint}, on threads of a {@link io.dermaga.engine.lane.WorkerPool}; one
 * worker at a time for a lane, so that nothing overtakes. A pool that refuses or an endpoint that
 * is not available fails nothing: lanes stay ready and are tried again.
 */
@NullMarked
package io.dermaga.engine.lane;

import org.jspecify.annotations.NullMarked;
