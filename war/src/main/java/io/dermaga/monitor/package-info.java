/**
 * How the dashboard gets to the adapter's {@link io.dermaga.api.monitor.Monitor}.
 *
 * <p>In: the monitor, handed over once by the adapter on a thread of the container. Out: the
 * monitor as long as it answers. After the adapter has stopped there is none, which the pages say.
 */
@NullMarked
package io.dermaga.monitor;

import org.jspecify.annotations.NullMarked;
