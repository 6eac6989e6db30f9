/**
 * Immutable records which describe the running adapter, and the operations an operator may call.
 *
 * <p>In: a deployed bean that implements {@link io.dermaga.api.monitor.MonitorListener} is handed a
 * {@link io.dermaga.api.monitor.Monitor}. Out: snapshots and numbered feeds, pulled by the reader,
 * so that a slow reader never slows delivery and the adapter holds no reference to its readers. Any
 * thread may call; no call blocks on the network. After the adapter has stopped every call throws
 * {@link java.lang.IllegalStateException} (DMG1004). Text that stems from a peer is escaped
 * already.
 */
@NullMarked
package io.dermaga.api.monitor;

import org.jspecify.annotations.NullMarked;
