package io.dermaga.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The framing has completed a payload. A method that returns {@link Reply}, {@code byte[]} or
 * {@code String} replies by it, as by {@link Payload#reply(Reply)}; {@code null} is no reply.
 *
 * @see SocketListener
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnPayload {}
