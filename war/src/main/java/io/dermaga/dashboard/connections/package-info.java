/**
 * Which of the open connections a reader sees, in which order and with which columns, and what of
 * that he has kept under a name.
 *
 * <p>In: the query of an address, snapshots of connections. Out: one page of them, and addresses
 * again; both ways lead to the same text, so that an address is all there is to keep. Saved views
 * are in a file of the data directory. On the thread of the request. What cannot be read is told
 * with what was given.
 */
@NullMarked
package io.dermaga.dashboard.connections;

import org.jspecify.annotations.NullMarked;
