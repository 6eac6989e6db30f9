package io.dermaga.it.recorder;

import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorListener;
import jakarta.ejb.MessageDriven;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells how many entries of the spool are not done, and what it waits for: {@code /spool}. */
@WebServlet("/spool")
public class SpoolServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static volatile @Nullable Monitor monitor;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Monitor known = monitor;
        List<ListenerSnapshot> listeners = known == null ? List.of() : known.snapshot().listeners();
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter()
                .println(
                        listeners.stream()
                                .map(one -> one.stages().spoolEntries())
                                .filter(entries -> entries >= 0)
                                .reduce(Long::sum)
                                .orElse(-1L));
        response.getWriter()
                .println(
                        listeners.stream()
                                .map(ListenerSnapshot::backPressure)
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(" ")));
    }

    /** Keeps the monitor for the servlet. */
    @MessageDriven
    public static class MonitorBean implements MonitorListener {

        @Override
        public void onMonitor(Monitor given) {
            monitor = given;
        }
    }
}
