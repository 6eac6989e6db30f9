package io.dermaga.engine;

import java.util.Objects;

/** Which Dermaga this is. */
final class Version {

    /** From the manifest of the jar; {@code development} where there is none. */
    static final String TEXT =
            Objects.requireNonNullElse(
                    Version.class.getPackage().getImplementationVersion(), "development");

    private Version() {}
}
