/**
 * One small bean for each view.
 *
 * <p>In: the request. Out: what the view shows, read from the monitor while the view is rendered.
 * On request threads. Without a monitor every page renders and says so.
 */
@NullMarked
package io.dermaga.dashboard.page;

import org.jspecify.annotations.NullMarked;
