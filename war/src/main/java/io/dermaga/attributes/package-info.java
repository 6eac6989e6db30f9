/**
 * What messages are found by besides their text: values with a name, such as the number of an
 * order, which rules of the configuration take out of contents.
 *
 * <p>In: contents with what is masked covered already, and rules. Out: names and values, bounded in
 * number and length. On the caller's threads, in time that grows as the content does. May fail:
 * rules that cannot be read (DMG4721), and then nothing is taken; a content that has another form
 * than a rule expects has no value.
 */
@NullMarked
package io.dermaga.attributes;

import org.jspecify.annotations.NullMarked;
