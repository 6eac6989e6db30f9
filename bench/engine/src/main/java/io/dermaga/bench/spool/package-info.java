/** The spool alone: no sockets, no beans. */
@NullMarked
package io.dermaga.bench.spool;

import org.jspecify.annotations.NullMarked;
