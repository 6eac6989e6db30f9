package io.dermaga.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The framing has completed a payload. A method that returns {@code byte[]} or {@code String}
 * (encoded in the charset of the listener) has its result written to the connection when the
 * delivery has succeeded; {@code void} and {@code null} write nothing.
 *
 * @see SocketListener
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnPayload {}
