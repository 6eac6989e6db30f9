/** An application whose bean refuses some payloads, for the pages of dead letters. */
@NullMarked
package io.dermaga.it.orders;

import org.jspecify.annotations.NullMarked;
