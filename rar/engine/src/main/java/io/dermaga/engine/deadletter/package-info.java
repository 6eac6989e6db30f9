/**
 * Payloads on which the bean failed for good, kept until somebody decides what becomes of them.
 *
 * <p>In: facts and content of a payload, on the thread that gives it up, which waits until both are
 * forced to disk. Out: pages of facts from an index in memory, and contents as streams, on any
 * thread. One letter is a pair of files that an operator can read without the product; nothing
 * runs, so there is no thread. May fail with {@link java.io.IOException} of the disk, numbered;
 * what was there before is there then.
 */
@NullMarked
package io.dermaga.engine.deadletter;

import org.jspecify.annotations.NullMarked;
