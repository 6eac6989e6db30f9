package io.dermaga.it.recorder;

import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorListener;
import jakarta.ejb.MessageDriven;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells how many entries of the spool are not done: {@code /spool}. */
@WebServlet("/spool")
public class SpoolServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static volatile @Nullable Monitor monitor;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Monitor known = monitor;
        long entries =
                known == null
                        ? -1
                        : known.snapshot().listeners().stream()
                                .mapToLong(one -> one.stages().spoolEntries())
                                .sum();
        response.setContentType("text/plain");
        response.getWriter().print(entries);
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
