/**
 * Who has done what, kept in files that are only appended to.
 *
 * <p>In: actions of pages, of the REST interface and of the login, on request threads, which wait
 * until the line is forced to disk. Out: records, the newest first, and lines for an export. May
 * fail: a line that cannot be written is told of (DMG4621) and counted, and the action goes on; a
 * file that cannot be read is told of where it was asked for (DMG4623).
 */
@NullMarked
package io.dermaga.audit;

import org.jspecify.annotations.NullMarked;
