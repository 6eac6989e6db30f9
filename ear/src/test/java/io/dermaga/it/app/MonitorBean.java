package io.dermaga.it.app;

import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorListener;
import jakarta.ejb.MessageDriven;
import org.jspecify.annotations.Nullable;

/** Keeps the monitor for the servlet. */
@MessageDriven
public class MonitorBean implements MonitorListener {

    private static volatile @Nullable Monitor monitor;

    static @Nullable Monitor monitor() {
        return monitor;
    }

    @Override
    public void onMonitor(Monitor given) {
        monitor = given;
    }
}
