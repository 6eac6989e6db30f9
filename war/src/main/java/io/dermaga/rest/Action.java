package io.dermaga.rest;

import io.dermaga.api.monitor.Monitor;

/** What an operator may do to a listener or a connection; answers whether it could be done. */
@FunctionalInterface
interface Action {

    boolean run(Monitor monitor, String id, String actor);
}
