package io.dermaga.api.monitor;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: those for which all that is not null holds.
 *
 * @param listener its whole name
 * @param cause a part of {@link DeadLetter.Failure#cause()} or of {@link DeadLetter#fault()}, in
 *     upper or lower case
 * @param remoteAddress a part of the peer's address as {@code 10.0.0.7:51422} or {@code
 *     [fd00:0:0:0:0:0:0:1]:51422}
 * @param from the last failure was then or later
 * @param to the last failure was earlier
 * @param connectionId the whole id of the connection
 */
public record DeadLetterFilter(
        @Nullable String listener,
        @Nullable String cause,
        @Nullable String remoteAddress,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String connectionId) {

    /** Every dead letter. */
    public static final DeadLetterFilter ALL =
            new DeadLetterFilter(null, null, null, null, null, null);

    /** Whether it is {@link #ALL} of them that are meant. */
    public boolean isAll() {
        // not by equals(): a cache of the JDK's records would keep the class loader (ObjectMethods)
        return listener == null
                && cause == null
                && remoteAddress == null
                && from == null
                && to == null
                && connectionId == null;
    }

    /** Whether this letter is meant. */
    public boolean matches(DeadLetter letter) {
        Instant at = letter.failure().lastAt();
        return (listener == null || listener.equals(letter.listener()))
                && (connectionId == null || connectionId.equals(letter.origin().connectionId()))
                && (from == null || !at.isBefore(from))
                && (to == null || at.isBefore(to))
                && (remoteAddress == null
                        || contains(text(letter.origin().remoteAddress()), remoteAddress))
                && (cause == null
                        || contains(letter.failure().cause(), cause)
                        || (cause.indexOf('#') >= 0 && contains(letter.fault(), cause)));
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private static String text(InetSocketAddress address) {
        String host =
                address.getAddress() == null
                        ? address.getHostString()
                        : address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
