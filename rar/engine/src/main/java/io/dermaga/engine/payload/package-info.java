/**
 * The bytes of payloads: slices of what was read, or a file for large ones, and the budget that
 * bounds them.
 *
 * <p>In: chunks, with their ownership. Out: {@link io.dermaga.engine.payload.Content}, released by
 * whoever delivered or discarded it. Growing payloads belong to the event loop of their connection;
 * finished content is handed to one worker; files are written by one thread of their own, so that a
 * slow disk never blocks an event loop. May fail with {@link java.io.IOException} of the disk.
 */
@NullMarked
package io.dermaga.engine.payload;

import org.jspecify.annotations.NullMarked;
