package io.dermaga.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The role that a method needs, or a request with this parameter. Without it reading needs a
 * viewer, acting an operator. What needs more than a viewer is audited.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.FIELD})
@interface Needs {

    String value();
}
