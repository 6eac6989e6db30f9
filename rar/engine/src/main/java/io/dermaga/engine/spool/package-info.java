/**
 * ③ Where accepted payloads wait durably until they are delivered: an embedded Artemis broker, or
 * an external one, by the same code.
 *
 * <p>In: contents of a connection, from its event loop, which never waits. Out: the news that they
 * are forced to disk, on a writing thread; and the same contents again, in the order of their
 * connection, on a thread of the reader, until somebody says that they are {@link
 * io.dermaga.engine.spool.SpooledEntry#done() done}. What was stored and not done comes again after
 * a crash. A disk that is full, fails, or a broker that is away fails nothing: entries wait,
 * nothing is said to be stored, {@link io.dermaga.engine.spool.SpoolState} tells why, and it goes
 * on by itself. Threads of its own: {@code dermaga-spool-write}, {@code dermaga-spool-large},
 * {@code dermaga-spool-read}, and those of Artemis; none is left after {@link
 * io.dermaga.engine.spool.Spool#close()}.
 */
@NullMarked
package io.dermaga.engine.spool;

import org.jspecify.annotations.NullMarked;
