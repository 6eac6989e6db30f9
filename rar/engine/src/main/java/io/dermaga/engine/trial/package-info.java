/**
 * Every framing tried on sample bytes, with the scanners and the assembler that listeners have.
 *
 * <p>In: a sample, which may be anything. Out: what each framing makes of it, ranked. Runs on the
 * caller's thread, needs no listener, keeps nothing. What a framing refuses is a result, not a
 * failure.
 */
@NullMarked
package io.dermaga.engine.trial;

import org.jspecify.annotations.NullMarked;
