/**
 * The Connectors contract, tested from inside the server: one deployment, started once by
 * Arquillian, beside the standalone adapter.
 */
@NullMarked
package io.dermaga.it.contract;

import org.jspecify.annotations.NullMarked;
