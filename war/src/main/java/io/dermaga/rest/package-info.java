/**
 * The REST interface: what the pages show and do, for machines.
 *
 * <p>In: HTTP requests below {@code /api} on request threads, of users that {@code security} has
 * let in. Out: JSON, bytes of payloads, and events as they happen, which threads of the container
 * write. What is refused is told as problem details (RFC 9457) with a numbered sentence; without an
 * adapter every path below {@code /api/v1} but the messages of the past says so.
 */
@NullMarked
package io.dermaga.rest;

import org.jspecify.annotations.NullMarked;
