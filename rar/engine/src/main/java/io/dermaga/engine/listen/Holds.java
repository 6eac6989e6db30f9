package io.dermaga.engine.listen;

import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import java.util.EnumSet;
import java.util.Set;

/** Who keeps a connection from reading, as bits of a number: there are very many connections. */
final class Holds {

    static final int NONE = 0;

    private static final Hold[] ALL = Hold.values();

    private Holds() {}

    static int with(int holds, Hold hold) {
        return holds | bit(hold);
    }

    static int without(int holds, Hold hold) {
        return holds & ~bit(hold);
    }

    static Set<Hold> set(int holds) {
        if (holds == NONE) {
            return Set.of();
        }
        Set<Hold> set = EnumSet.noneOf(Hold.class);
        for (Hold hold : ALL) {
            if ((holds & bit(hold)) != 0) {
                set.add(hold);
            }
        }
        return Set.copyOf(set);
    }

    @SuppressWarnings("EnumOrdinal") // kept nowhere
    private static int bit(Hold hold) {
        return 1 << hold.ordinal();
    }
}
