package io.dermaga.dashboard.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import java.util.Iterator;
import java.util.Locale;

/** Language and theme of the reader: the cookie's, else what the browser asks for. */
@Named
@RequestScoped
public class Preferences {

    /** English or German. */
    public Locale getLocale() {
        String chosen = cookie("dermaga-language");
        if (!chosen.isEmpty()) {
            return chosen.equals("de") ? Locale.GERMAN : Locale.ENGLISH;
        }
        Iterator<Locale> wanted = external().getRequestLocales();
        while (wanted.hasNext()) {
            String language = wanted.next().getLanguage();
            if (language.equals("de")) {
                return Locale.GERMAN;
            }
            if (language.equals("en")) {
                return Locale.ENGLISH;
            }
        }
        return Locale.ENGLISH;
    }

    /** {@code light}, {@code dark}, or {@code auto} for the browser's. */
    public String getTheme() {
        String chosen = cookie("dermaga-theme");
        return chosen.equals("light") || chosen.equals("dark") ? chosen : "auto";
    }

    private static String cookie(String name) {
        return external().getRequestCookieMap().get(name) instanceof Cookie cookie
                ? cookie.getValue()
                : "";
    }

    private static ExternalContext external() {
        return FacesContext.getCurrentInstance().getExternalContext();
    }
}
