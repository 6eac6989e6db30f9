/**
 * What somebody should be told without having to look: docs/alerts.md.
 *
 * <p>In: rules that an operator has set or that are built in, and every two seconds one {@link
 * io.dermaga.api.monitor.AdapterSnapshot}, on one thread of the container at a time. Out: alerts
 * that fire, are acknowledged by a person and are over; each is logged once (DMG4651, DMG4652) and
 * sent to a webhook by another thread of the container. May fail: a rule cannot be read (DMG4653),
 * the webhook does not take an alert (DMG4654, DMG4655), the file cannot be written (DMG4657); each
 * is told, and the other rules go on. Delivery never waits for it.
 */
@NullMarked
package io.dermaga.alerts;

import org.jspecify.annotations.NullMarked;
