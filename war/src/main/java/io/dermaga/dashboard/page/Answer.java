package io.dermaga.dashboard.page;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.application.FacesMessage.Severity;
import java.util.List;
import java.util.Optional;

/**
 * What came of an action.
 *
 * @param severity whether it was done
 * @param key of the sentence in the resource bundle
 * @param parameters of the sentence
 */
public record Answer(Severity severity, String key, List<Object> parameters) {

    static Answer done(String key, Object... parameters) {
        return new Answer(FacesMessage.SEVERITY_INFO, key, List.of(parameters));
    }

    static Answer notDone(String key, Object... parameters) {
        return new Answer(FacesMessage.SEVERITY_WARN, key, List.of(parameters));
    }

    /**
     * One of the two, or that the adapter is not there.
     *
     * @param changed whether the adapter has found what was to be changed; empty if it was not
     *     asked
     */
    static Answer of(Optional<Boolean> changed, Answer done, Answer notDone) {
        return changed.map(found -> found ? done : notDone).orElseGet(() -> notDone("offline"));
    }

    static Answer refused(String key, Object... parameters) {
        return new Answer(FacesMessage.SEVERITY_ERROR, key, List.of(parameters));
    }
}
