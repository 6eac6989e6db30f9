package io.dermaga.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The write buffer has emptied after {@link Connection#write(byte[])} had returned {@code false}.
 * Node.js: {@code net.Socket} event {@code drain}.
 *
 * @see SocketListener
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnDrain {}
