package io.dermaga.dashboard.web;

import io.dermaga.audit.AuditLog;
import io.dermaga.audit.AuditRecord;
import io.dermaga.audit.AuditRecords;
import io.dermaga.audit.AuditSearch;
import io.dermaga.dashboard.page.AuditQuery;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All of the audit that a filter means as a file, the newest first: {@code
 * /audit/export?format=csv|jsonl} with the parameters of the page. Who may have it is a matter of
 * {@code security.SessionGuard}.
 */
@WebServlet(AuditExport.PATH)
public class AuditExport extends HttpServlet {

    static final String PATH = "/audit/export";

    private static final int PART = 1000;
    private static final String HEAD =
            "sequence,at,who,address,way,action,target,result,number,reason";

    @Inject private AuditLog audit;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean csv = "csv".equals(request.getParameter("format"));
        AuditSearch search;
        try {
            search = AuditQuery.of(request::getParameter);
        } catch (IllegalArgumentException unreadable) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        Attachment.begin(
                response,
                csv ? "text/csv" : "application/jsonl",
                "dermaga-audit." + (csv ? "csv" : "jsonl"));
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        PrintWriter out = response.getWriter();
        if (csv) {
            out.print(HEAD + "\r\n");
        }
        long before = Long.MAX_VALUE;
        while (before > 0) {
            AuditRecords found = audit.find(search, before, PART);
            for (AuditRecord one : found.records()) {
                out.print(csv ? csv(one) + "\r\n" : AuditLog.line(one) + '\n');
            }
            before = found.next();
        }
    }

    /** RFC 4180. */
    private static String csv(AuditRecord one) {
        return Stream.of(
                        Long.toString(one.sequence()),
                        one.at().toString(),
                        cell(one.who()),
                        cell(one.address()),
                        one.way().name(),
                        one.action(),
                        cell(one.target()),
                        one.result().name(),
                        cell(one.number()),
                        cell(one.reason()))
                .collect(Collectors.joining(","));
    }

    /** Never a formula, whatever a spreadsheet makes of it. */
    static String cell(@Nullable String text) {
        if (text == null) {
            return "";
        }
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
