/**
 * ② Boundaries of payloads in a byte stream.
 *
 * <p>In: chunks as they were read. Out: payloads, as slices of those chunks; nothing is copied to
 * find a boundary. Runs on the event loop of the connection. May fail with {@link
 * io.dermaga.engine.framing.FramingException}, after which the connection is closed.
 */
@NullMarked
package io.dermaga.engine.framing;

import org.jspecify.annotations.NullMarked;
