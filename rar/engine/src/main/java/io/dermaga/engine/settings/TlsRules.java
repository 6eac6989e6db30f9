package io.dermaga.engine.settings;

import java.util.List;

/** What settings need to know of certificates and keys, told by the TLS room. */
public interface TlsRules {

    /** What keeps TLS from being offered with these settings; empty if nothing does. */
    List<Problem> problems(TlsSettings settings);

    /**
     * A setting that cannot be used.
     *
     * @param allowed what would be, in words
     */
    record Problem(Setting setting, String allowed) {}
}
