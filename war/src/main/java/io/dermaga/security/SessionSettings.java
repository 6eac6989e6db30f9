package io.dermaga.security;

import io.dermaga.settings.Configuration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.annotation.WebListener;

/**
 * What of sessions is configured: when an idle one ends, and, where browsers come by HTTPS only, a
 * cookie that no other host and no plain connection can set ({@code __Host-}).
 */
@WebListener
public class SessionSettings implements ServletContextListener {

    static final String COOKIE = "__Host-dermaga";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Configuration configuration = Configuration.ofProcess();
        ServletContext context = event.getServletContext();
        context.setSessionTimeout(configuration.sessionIdleMinutes());
        if (configuration.isHttpsOnly()) {
            SessionCookieConfig cookie = context.getSessionCookieConfig();
            cookie.setName(COOKIE);
            cookie.setPath("/");
            cookie.setSecure(true);
        }
    }
}
