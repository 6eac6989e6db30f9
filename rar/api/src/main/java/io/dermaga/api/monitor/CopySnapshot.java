package io.dermaga.api.monitor;

/**
 * One of several groups of beans that are each given all payloads of a listener, at one moment.
 *
 * @param group its name; empty: all beans of the listener, when there were no copies
 * @param given whether it is given payloads; else, what was stored for it waits until {@code
 *     copies} names it again, or names none if the group is empty
 * @param activation the container's names of the activations that take its payloads, separated by
 *     commas; empty if there is none, and they wait in the spool
 * @param spoolEntries that are not done, as the spool said within about a second; -1 before it has
 */
public record CopySnapshot(String group, boolean given, String activation, long spoolEntries) {}
