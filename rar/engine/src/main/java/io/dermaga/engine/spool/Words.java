package io.dermaga.engine.spool;

import io.dermaga.engine.monitor.Escape;
import org.apache.activemq.artemis.api.core.ActiveMQException;

/** What an error says, in one line. */
final class Words {

    private static final int MOST_CHARACTERS = 500;

    private Words() {}

    static String of(Throwable error) {
        String text =
                error instanceof ActiveMQException artemis
                        ? artemis.getType() + " " + artemis.getMessage()
                        : error.toString();
        return Escape.text(text.replaceAll("\\s+", " ").strip(), MOST_CHARACTERS);
    }
}
