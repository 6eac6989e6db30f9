/**
 * What each setting means.
 *
 * <p>In: the documentation, which is in the WAR, and its German short form. Out: a few sentences by
 * the name of a setting. Read once; a name that is not documented has none. Any thread.
 */
@NullMarked
package io.dermaga.dashboard.help;

import org.jspecify.annotations.NullMarked;
