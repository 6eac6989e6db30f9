package io.dermaga.engine.spool;

import org.apache.activemq.artemis.api.core.ActiveMQException;

/** What an error says, in one line. */
final class Words {

    private Words() {}

    static String of(Throwable error) {
        String text =
                error instanceof ActiveMQException artemis
                        ? artemis.getType() + " " + artemis.getMessage()
                        : error.toString();
        return text.replaceAll("\\s+", " ").strip();
    }
}
