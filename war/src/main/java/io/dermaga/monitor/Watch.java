package io.dermaga.monitor;

import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorListener;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;

/** Takes the adapter's monitor when the dashboard is deployed. */
@MessageDriven
public class Watch implements MonitorListener {

    @Inject private ConnectedMonitor connected;

    @Override
    public void onMonitor(Monitor monitor) {
        connected.connect(monitor);
    }
}
