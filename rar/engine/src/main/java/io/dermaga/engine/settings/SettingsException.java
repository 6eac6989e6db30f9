package io.dermaga.engine.settings;

import java.util.List;

/** All that is wrong with the settings of one activation, at once. */
public final class SettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /**
     * @param subject whose settings, for example {@code activation 'orders'}
     * @param problems numbered sentences, at least one
     */
    public SettingsException(String subject, List<String> problems) {
        super(subject + " is not valid: " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Numbered sentences, at least one. */
    public List<String> problems() {
        return problems;
    }
}
