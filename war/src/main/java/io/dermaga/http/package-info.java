/**
 * What requests to other servers share.
 *
 * <p>In: a connection that a thread waits for. Out: its end. On any thread. Never fails.
 */
@NullMarked
package io.dermaga.http;

import org.jspecify.annotations.NullMarked;
