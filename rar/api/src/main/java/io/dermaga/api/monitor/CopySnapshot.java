package io.dermaga.api.monitor;

/**
 * One of several groups of beans that are each given all payloads of a listener, at one moment.
 *
 * @param group its name; empty: what was stored when there were no copies, and waits until there
 *     are none again
 * @param activation the container's names of the activations that take its payloads, separated by
 *     commas; empty if there is none, and they wait in the spool
 * @param spoolEntries that are not done, as the spool said within about a second; -1 before it has
 */
public record CopySnapshot(String group, String activation, long spoolEntries) {}
