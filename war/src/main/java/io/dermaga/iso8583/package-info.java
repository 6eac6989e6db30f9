/**
 * Messages of ISO 8583: where their elements are, whatever notation they are written in.
 *
 * <p>In: bytes. Out: parts with their places. On any thread; keeps nothing. What cannot be read is
 * told, never thrown.
 */
@NullMarked
package io.dermaga.iso8583;

import org.jspecify.annotations.NullMarked;
