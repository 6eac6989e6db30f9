package io.dermaga.dashboard.web;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Keeps the session cookie from being sent with requests that other sites make. */
@WebListener
public class SessionCookie implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        // as an attribute in web.xml it is not taken by every server
        event.getServletContext().getSessionCookieConfig().setAttribute("SameSite", "Lax");
    }
}
