/** Clients of the tests, on real sockets. */
@NullMarked
package io.dermaga.it.peers;

import org.jspecify.annotations.NullMarked;
