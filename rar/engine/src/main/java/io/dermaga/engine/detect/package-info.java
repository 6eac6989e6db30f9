/**
 * What a peer seems to speak that sends something else than its listener expects.
 *
 * <p>In: the first bytes of a connection, and what is expected of them. Out: a {@link
 * io.dermaga.engine.detect.Suspicion}, or nothing. Pure functions, on the event loop of the
 * connection; nothing is kept and the bytes are not changed. They do not fail, whatever the bytes.
 */
@NullMarked
package io.dermaga.engine.detect;

import org.jspecify.annotations.NullMarked;
