/**
 * What was promised to peers, judged: histories of what they sent and were told, beside what the
 * bean's database holds, of servers that were killed meanwhile.
 */
@NullMarked
package io.dermaga.it.history;

import org.jspecify.annotations.NullMarked;
