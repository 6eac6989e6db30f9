package io.dermaga.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A port that the shipped inbox will open.
 *
 * @param name of the listener, as in {@code dermaga.NAME.port}
 * @param host the addresses it binds, separated by commas
 */
public record InboxListener(String name, String host, int port) {

    /** Each address that it binds. */
    List<String> hosts() {
        return Arrays.stream(host.split(",", -1)).map(String::strip).toList();
    }

    /** The property which changes the port. */
    public String portProperty() {
        return "dermaga." + name + ".port";
    }

    /**
     * The listeners named in {@code dermaga.inbox.listeners}. One whose port is no number is left
     * out: the adapter refuses it with all that is wrong with it. One that connects opens no port.
     */
    public static List<InboxListener> of(Configuration configuration) {
        List<InboxListener> listeners = new ArrayList<>();
        for (String part :
                configuration.value("dermaga.inbox.listeners").orElse("").split(",", -1)) {
            String name = part.trim();
            Optional<Integer> port =
                    configuration.value("dermaga." + name + ".port").flatMap(Configuration::portOf);
            boolean connects =
                    configuration.value("dermaga." + name + ".mode").orElse("").equals("CONNECT");
            if (!name.isEmpty() && port.isPresent() && !connects) {
                String host = configuration.value("dermaga." + name + ".host").orElse("0.0.0.0");
                listeners.add(new InboxListener(name, host, port.get()));
            }
        }
        return List.copyOf(listeners);
    }
}
