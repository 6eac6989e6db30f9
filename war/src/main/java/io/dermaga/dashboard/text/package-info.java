/**
 * How things are written for people: numbers, sizes, durations, and bytes of a peer.
 *
 * <p>In: values. Out: strings that are safe in HTML once escaped as text, and in XML. Pure
 * functions on any thread; nothing may fail.
 */
@NullMarked
package io.dermaga.dashboard.text;

import org.jspecify.annotations.NullMarked;
