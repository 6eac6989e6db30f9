package io.dermaga.alerts;

/**
 * When somebody is to be told.
 *
 * @param name by which it is known
 * @param text its condition as it is written
 * @param source where that stands; {@link #BUILT_IN} if nobody has written it
 * @param condition what is looked for
 */
record Rule(String name, String text, String source, Condition condition) {

    static final String BUILT_IN = "built in";
}
