/**
 * What happens over time: one sample per second, ten minutes kept, and the nudge to open pages.
 *
 * <p>In: snapshots of the monitor, on a scheduled thread of the container. Out: rates per listener
 * for the charts and an empty WebSocket message to pages when there is something new. A monitor
 * that is not there or has stopped is no failure: there is no sample then.
 */
@NullMarked
package io.dermaga.dashboard.live;

import org.jspecify.annotations.NullMarked;
