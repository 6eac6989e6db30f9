/**
 * The application that the adapter's tests deploy beside the standalone RAR: beans of every kind,
 * and a servlet that tells what they saw. Ports come from system properties, as {@code
 * dermaga.fast.port}.
 */
@NullMarked
package io.dermaga.it.app;

import org.jspecify.annotations.NullMarked;
