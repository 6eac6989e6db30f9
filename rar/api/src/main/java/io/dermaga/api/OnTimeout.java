package io.dermaga.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A deadline has passed. The adapter closes the connection whatever the method does, and {@link
 * OnClose} follows: after {@link TimeoutKind#IDLE}, {@link TimeoutKind#READ} and {@link
 * TimeoutKind#FIRST_BYTE} in an orderly way (by a reset if the framing answers by closing, as
 * {@code eof}), else by a reset. Node.js: {@code net.Socket} event {@code timeout}.
 *
 * @see SocketListener
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnTimeout {}
