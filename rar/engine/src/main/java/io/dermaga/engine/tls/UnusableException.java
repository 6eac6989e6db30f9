package io.dermaga.engine.tls;

import io.dermaga.engine.monitor.Escape;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file cannot be used for TLS; the message says what would be allowed. */
final class UnusableException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    UnusableException(String message) {
        super(message);
    }

    private UnusableException(String message, Throwable cause) {
        super(message, cause);
    }

    static UnusableException unreadable(Path file, IOException cause) {
        String why = cause instanceof NoSuchFileException ? "does not exist" : Escape.cause(cause);
        return new UnusableException(
                "files that can be read: '%s': %s".formatted(Escape.text(file.toString()), why),
                cause);
    }

    static UnusableException broken(Path file, Exception cause) {
        return new UnusableException(
                "files in PEM, PKCS#12 or JKS form: '%s': %s"
                        .formatted(Escape.text(file.toString()), Escape.cause(cause)),
                cause);
    }
}
