package io.dermaga.alerts;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the log is told while it is open. */
final class Told extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger(Alerts.class.getName());
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Told() {
        logger.addHandler(this);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord told) {
        lines.add(told.getLevel() + " " + told.getMessage());
    }

    @Override
    public void flush() {
        // nothing waits
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
