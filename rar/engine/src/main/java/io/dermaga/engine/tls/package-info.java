/**
 * Certificates, keys and trust of listeners, and what makes TLS of them.
 *
 * <p>In: files named by the settings. Out: a handler for each encrypted connection, and what is
 * known of the certificates. Files are read when a listener is made and when they have changed, on
 * threads of the room's own, never on an event loop; handshakes compute there too. A file that
 * cannot be used fails the deployment; later it leaves what was read before in use.
 */
@NullMarked
package io.dermaga.engine.tls;

import org.jspecify.annotations.NullMarked;
