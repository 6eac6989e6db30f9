/**
 * Clients that were not written here, over TCP on the loopback interface, against the engine: each
 * test class has one of them, and a bean that answers as that client expects.
 */
@NullMarked
package io.dermaga.interop;

import org.jspecify.annotations.NullMarked;
