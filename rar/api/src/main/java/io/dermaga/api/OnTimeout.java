package io.dermaga.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A deadline has passed. After {@link TimeoutKind#IDLE} and {@link TimeoutKind#FRAME} the adapter
 * closes the connection. Node.js: {@code net.Socket} event {@code timeout}.
 *
 * @see SocketListener
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnTimeout {}
