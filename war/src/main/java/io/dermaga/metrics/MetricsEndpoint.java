package io.dermaga.metrics;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** {@code /metrics}. */
@WebServlet("/metrics")
public class MetricsEndpoint extends HttpServlet {

    @Inject private Metrics metrics;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        MetricsFormat format = MetricsFormat.of(request.getHeader("Accept"));
        // as a whole, so that a failure is none that begins with 200
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        metrics.write(text, format);
        response.setContentType(format.contentType());
        response.setHeader("Vary", "Accept");
        response.setContentLength(text.size());
        text.writeTo(response.getOutputStream());
    }
}
