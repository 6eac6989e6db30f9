/** A bean that records all connections of its adapter, and has the last recording replayed. */
@NullMarked
package io.dermaga.it.tape;

import org.jspecify.annotations.NullMarked;
