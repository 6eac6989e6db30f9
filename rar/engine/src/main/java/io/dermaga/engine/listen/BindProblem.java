package io.dermaga.engine.listen;

import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.settings.ListenerSettings;
import java.net.BindException;
import java.net.UnknownHostException;

/** Says in words why a port could not be bound. */
final class BindProblem {

    private BindProblem() {}

    static String text(ListenerSettings settings, String host, Throwable cause, int retrySeconds) {
        return "DMG1201 listener '%s' cannot listen: %s; tried again in %d s"
                .formatted(settings.name(), why(settings, host, cause), retrySeconds);
    }

    private static String why(ListenerSettings settings, String host, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof UnknownHostException) {
            return unknown(host, cause);
        }
        if (message.contains("ermission denied")) {
            return "property 'port': given "
                    + settings.port()
                    + ", which this process may not bind (ports below 1024 need a privilege)";
        }
        if (message.contains("assign requested address")) {
            return "property 'host': given '" + host + "', which is no address of this machine";
        }
        if (cause instanceof BindException || message.contains("in use")) {
            return "property 'port': given "
                    + settings.port()
                    + " on "
                    + host
                    + ", which is in use";
        }
        return Escape.cause(cause);
    }

    /** For a name that has no address here. */
    static String unknown(String host, Throwable cause) {
        String name =
                cause instanceof NameLookup.UnknownNameException unknown ? unknown.host() : host;
        return "property 'host': given '" + name + "', a name that is not known here";
    }
}
