/**
 * The structure of a content, where it has one that can be told: JSON, XML, HL7 v2, ISO 8583.
 *
 * <p>In: the beginning of a content, in whatever way it is malformed or hostile. Out: at most two
 * thousand rows, sixty-four levels deep, of escaped and cut text. Nothing is fetched, no entity is
 * expanded, no type is made. Pure functions on any thread; what cannot be read on ends the rows
 * with a reason.
 */
@NullMarked
package io.dermaga.dashboard.tree;

import org.jspecify.annotations.NullMarked;
