/** An application without Dermaga, deployed before leaks are counted. */
@NullMarked
package io.dermaga.it.warmup;

import org.jspecify.annotations.NullMarked;
