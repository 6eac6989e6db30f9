package io.dermaga.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Bytes have arrived: one call for each chunk as it was read, whatever the framing. A chunk is at
 * most 64 KiB. Node.js: {@code net.Socket} event {@code data}.
 *
 * @see SocketListener
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnData {}
