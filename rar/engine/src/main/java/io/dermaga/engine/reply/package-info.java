/**
 * ⑤ What a peer is told of a payload whose delivery has ended.
 *
 * <p>In: the beginning of the payload and its outcome. Out: bytes, or nothing. Runs on the worker
 * that has delivered. Does not fail: a payload that does not follow its protocol gets no answer.
 */
@NullMarked
package io.dermaga.engine.reply;

import org.jspecify.annotations.NullMarked;
