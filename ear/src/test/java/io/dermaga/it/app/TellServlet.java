package io.dermaga.it.app;

import io.dermaga.api.Connection;
import io.dermaga.api.Connections;
import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.Monitor;
import jakarta.annotation.Resource;
import jakarta.resource.AdministeredObjectDefinition;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Tells what the beans saw: {@code /tell/ledger}, {@code /tell/monitor}, {@code /tell/broadcast}.
 */
@AdministeredObjectDefinition(
        name = "java:app/dermaga/Connections",
        resourceAdapter = "dermaga",
        className = "io.dermaga.adapter.ConnectionsObject",
        interfaceName = "io.dermaga.api.Connections")
@WebServlet("/tell/*")
public class TellServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Resource(lookup = "java:app/dermaga/Connections")
    @SuppressWarnings("serial")
    private Connections connections;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(answer(request));
    }

    private String answer(HttpServletRequest request) {
        return switch (String.valueOf(request.getPathInfo())) {
            case "/clear" -> {
                Ledger.clear();
                yield "";
            }
            case "/monitor" -> monitor();
            case "/messages" -> messages();
            case "/events" -> events();
            case "/connections" ->
                    connections.list().stream()
                            .map(Connection::listener)
                            .sorted()
                            .collect(Collectors.joining("\n"));
            case "/broadcast" ->
                    String.valueOf(
                            connections.broadcast(
                                    request.getParameter("listener"),
                                    request.getParameter("text").getBytes(StandardCharsets.UTF_8)));
            default -> Ledger.text();
        };
    }

    private static String messages() {
        Monitor monitor = MonitorBean.monitor();
        return monitor == null
                ? ""
                : monitor.messages(0, Monitor.MESSAGES_KEPT).stream()
                        .map(
                                one ->
                                        one.listener()
                                                + " "
                                                + one.outcome()
                                                + " "
                                                + one.size()
                                                + " "
                                                + one.error())
                        .collect(Collectors.joining("\n"));
    }

    private static String events() {
        Monitor monitor = MonitorBean.monitor();
        return monitor == null
                ? ""
                : monitor.events(0, Monitor.EVENTS_KEPT).stream()
                        .map(one -> one.kind() + " " + one.text())
                        .collect(Collectors.joining("\n"));
    }

    private static String monitor() {
        Monitor monitor = MonitorBean.monitor();
        if (monitor == null) {
            return "";
        }
        AdapterSnapshot now = monitor.snapshot();
        StringBuilder text = new StringBuilder();
        text.append("transport=").append(now.transport()).append('\n');
        text.append("direct=").append(now.memory().directUsed()).append('\n');
        text.append("heap=").append(now.memory().heapUsed()).append('\n');
        text.append("budget=").append(now.memory().budgetUsed()).append('\n');
        text.append("spill=").append(now.memory().spillUsed()).append('\n');
        now.listeners()
                .forEach(
                        one -> {
                            String name = one.name();
                            text.append(name).append(".state=").append(one.state()).append('\n');
                            text.append(name).append(".port=").append(one.port()).append('\n');
                            text.append(name)
                                    .append(".connections=")
                                    .append(one.connections())
                                    .append('\n');
                            text.append(name)
                                    .append(".delivered=")
                                    .append(one.counters().delivered())
                                    .append('\n');
                            text.append(name)
                                    .append(".failed=")
                                    .append(one.counters().failed())
                                    .append('\n');
                            text.append(name)
                                    .append(".discarded=")
                                    .append(one.counters().discarded())
                                    .append('\n');
                            text.append(name).append(".error=").append(one.error()).append('\n');
                            text.append(name)
                                    .append(".backPressure=")
                                    .append(one.backPressure())
                                    .append('\n');
                        });
        return text.toString();
    }
}
