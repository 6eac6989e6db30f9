/**
 * The shipped bean: it takes what arrives on the configured listeners of the {@code inbox}.
 *
 * <p>In: payloads, on threads of the container. Out: nothing but a line in the log at level FINE;
 * the dashboard shows the messages from what the adapter records. Nothing may fail.
 */
@NullMarked
package io.dermaga.inbox;

import org.jspecify.annotations.NullMarked;
