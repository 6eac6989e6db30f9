package io.dermaga.security;

/** Names of the roles. */
public final class Role {

    /** May see everything. */
    public static final String VIEWER = "viewer";

    /** May act: close a connection, replay, edit and delete dead letters. */
    public static final String OPERATOR = "operator";

    private Role() {}
}
