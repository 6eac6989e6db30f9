/**
 * What has happened, beyond what the adapter remembers: in a database.
 *
 * <p>In: the feed of the adapter's {@link io.dermaga.api.monitor.Monitor}. Out: messages by id and
 * by search, newest first. One background task writes, one removes what is too old or too much;
 * requests read. May fail: the database is away (DMG4201), which is told and tried again; the pages
 * go on with what the adapter remembers. Delivery never waits for it.
 */
@NullMarked
package io.dermaga.history;

import org.jspecify.annotations.NullMarked;
