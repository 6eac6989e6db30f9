/**
 * What the deployed tests run on: the product on Payara Micro, applications beside the adapter,
 * Payara Server full, and a browser.
 *
 * <p>In: the archives of the build, by system properties of the build. Out: servers on free ports
 * of the loopback address, ended with the tests. May fail: an exception with the server's log.
 */
@NullMarked
package io.dermaga.it.support;

import org.jspecify.annotations.NullMarked;
