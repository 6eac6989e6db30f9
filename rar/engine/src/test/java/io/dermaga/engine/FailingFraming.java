package io.dermaga.engine;

import io.dermaga.api.CustomFraming;

/** A framing of an application that makes no scanner. */
public final class FailingFraming implements CustomFraming {

    @Override
    public Scanner newScanner() {
        throw new IllegalStateException("as told");
    }
}
