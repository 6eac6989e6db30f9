package io.dermaga.api.monitor;

/**
 * A message-driven bean that is handed the adapter's {@link Monitor} once, when it is deployed. It
 * needs no activation properties and no JNDI names, so that the same archive works inside the EAR
 * and beside a standalone resource adapter.
 */
public interface MonitorListener {

    /**
     * Takes the monitor; keep it.
     *
     * @param monitor usable until the adapter stops
     */
    void onMonitor(Monitor monitor);
}
