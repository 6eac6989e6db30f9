package io.dermaga.security;

/**
 * A generated password, which can be read here and never again.
 *
 * @param name of the user
 */
public record IssuedPassword(String name, String password) {}
