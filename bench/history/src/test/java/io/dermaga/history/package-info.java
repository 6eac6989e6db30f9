/** Measures searches in the history, in the history's own package: its classes are no API. */
@NullMarked
package io.dermaga.history;

import org.jspecify.annotations.NullMarked;
