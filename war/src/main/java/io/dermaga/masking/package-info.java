/**
 * What nobody should read without need is covered before it leaves the adapter's memory: for the
 * pages, for machines, for the history.
 *
 * <p>In: contents as the adapter and its dead letters have them, and rules from the configuration.
 * Out: contents of the same form, with stars. On the caller's threads, in time that grows as the
 * content does. May fail: rules that cannot be read (DMG4701), and then everything is covered.
 */
@NullMarked
package io.dermaga.masking;

import org.jspecify.annotations.NullMarked;
