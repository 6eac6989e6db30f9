package io.dermaga.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A port that the shipped inbox will open.
 *
 * @param name of the listener, as in {@code dermaga.NAME.port}
 * @param host the address it binds
 */
public record InboxListener(String name, String host, int port) {

    /** The property which changes the port. */
    public String portProperty() {
        return "dermaga." + name + ".port";
    }

    /**
     * The listeners named in {@code dermaga.inbox.listeners}. One whose port is no number is left
     * out: the adapter refuses it with all that is wrong with it.
     */
    public static List<InboxListener> of(Configuration configuration) {
        List<InboxListener> listeners = new ArrayList<>();
        for (String part :
                configuration.value("dermaga.inbox.listeners").orElse("").split(",", -1)) {
            String name = part.trim();
            Optional<Integer> port =
                    configuration.value("dermaga." + name + ".port").flatMap(Configuration::portOf);
            if (!name.isEmpty() && port.isPresent()) {
                String host = configuration.value("dermaga." + name + ".host").orElse("0.0.0.0");
                listeners.add(new InboxListener(name, host, port.get()));
            }
        }
        return List.copyOf(listeners);
    }
}
