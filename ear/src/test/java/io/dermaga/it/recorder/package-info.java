/** An application that records in a database what was delivered to it, in the same transaction. */
@NullMarked
package io.dermaga.it.recorder;

import org.jspecify.annotations.NullMarked;
