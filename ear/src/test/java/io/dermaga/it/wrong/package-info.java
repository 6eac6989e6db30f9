/** A bean that must not be deployed. */
@NullMarked
package io.dermaga.it.wrong;

import org.jspecify.annotations.NullMarked;
