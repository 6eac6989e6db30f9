package io.dermaga.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The peer has ended its side of the connection (half-close), after all its data was delivered.
 * Node.js: {@code net.Socket} event {@code end}.
 *
 * @see SocketListener
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnEnd {}
