package io.dermaga.health;

/**
 * One thing that was looked at.
 *
 * @param name of it
 * @param up whether it is well
 */
record Check(String name, boolean up) {}
