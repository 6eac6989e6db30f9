/**
 * What may stand in the product's way on this server, looked at when somebody asks.
 *
 * <p>In: the monitor, the history, the settings, the virtual machine and the operating system. Out:
 * findings, each with a verdict. On request threads, of the container and its pools one probe each.
 * Nothing fails: what cannot be looked at is a finding.
 */
@NullMarked
package io.dermaga.doctor;

import org.jspecify.annotations.NullMarked;
