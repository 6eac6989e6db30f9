package io.dermaga.dashboard.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.text.MessageFormat;
import java.util.ResourceBundle;

/** The texts of the pages in the reader's language, for beans. */
@RequestScoped
public class Texts {

    @Inject private Preferences preferences;

    /** The text of this key with its parameters. */
    public String of(String key, Object... parameters) {
        ResourceBundle bundle =
                ResourceBundle.getBundle(
                        "io.dermaga.dashboard.Texts",
                        preferences.getLocale(),
                        Texts.class.getClassLoader());
        String pattern = bundle.getString(key);
        return parameters.length == 0
                ? pattern
                : new MessageFormat(pattern, preferences.getLocale()).format(parameters);
    }
}
