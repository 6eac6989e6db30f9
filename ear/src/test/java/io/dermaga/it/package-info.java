/** Tests of the product as it is deployed. Each gets its servers from {@code it.support}. */
@NullMarked
package io.dermaga.it;

import org.jspecify.annotations.NullMarked;
