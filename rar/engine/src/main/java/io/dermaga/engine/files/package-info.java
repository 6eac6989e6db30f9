/**
 * What directories of the adapter have in common: only the owner of the process may read them, and
 * one adapter at a time has them.
 *
 * <p>On any thread, which waits for the disk. May fail with {@link java.io.IOException}.
 */
@NullMarked
package io.dermaga.engine.files;

import org.jspecify.annotations.NullMarked;
