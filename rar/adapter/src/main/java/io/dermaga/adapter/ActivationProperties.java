package io.dermaga.adapter;

import io.dermaga.engine.settings.Setting;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was given. All properties are texts, so that units can be written and every problem can be
 * told at once; docs/configuration.md explains each. Their values may be overridden from outside.
 */
public abstract class ActivationProperties implements Serializable {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    final EnumMap<Setting, String> given = new EnumMap<>(Setting.class);

    /** The properties that were given. */
    Map<Setting, String> given() {
        return new EnumMap<>(given);
    }
}
