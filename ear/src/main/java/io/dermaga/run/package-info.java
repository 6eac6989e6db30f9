/**
 * The runnable server: {@code dermaga.ear} on Payara Micro, as one child process.
 *
 * <p>In: the EAR, the server's jar and the settings {@code dermaga.*}. Out: a running server, its
 * log in a file, what matters of it on the console. The caller's thread starts, waits and stops;
 * one daemon thread reads the child's output. May fail: {@link io.dermaga.run.LaunchException}, one
 * sentence with a number that docs/messages.md explains.
 */
@NullMarked
package io.dermaga.run;

import org.jspecify.annotations.NullMarked;
