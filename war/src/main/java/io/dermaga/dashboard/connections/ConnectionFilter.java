package io.dermaga.dashboard.connections;

import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.ConnectionSnapshot.TlsFacts;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.dashboard.text.Format;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which connections are meant; null for what is not asked for.
 *
 * @param text a part of anything that can be read of a connection
 * @param listener a part of its name
 * @param peer a part of its address, or of the proxy's
 * @param hold one of the reasons for which it is not read
 * @param encrypted whether it is
 */
record ConnectionFilter(
        @Nullable String text,
        @Nullable String listener,
        @Nullable String peer,
        @Nullable ConnectionState state,
        @Nullable Hold hold,
        @Nullable Boolean encrypted,
        List<Bound> bounds)
        implements Serializable {

    ConnectionFilter {
        bounds = List.copyOf(bounds);
    }

    boolean admits(ConnectionSnapshot one, Instant now) {
        return (state == null || state == one.state())
                && (hold == null || one.holds().contains(hold))
                && (encrypted == null || encrypted == (one.tls() != null))
                && bounds.stream().allMatch(bound -> bound.admits(one, now))
                && isPart(listener, Stream.of(one.listener()))
                && isPart(peer, addresses(one))
                && isPart(text, texts(one));
    }

    private static Stream<String> addresses(ConnectionSnapshot one) {
        return Stream.of(one.remoteAddress(), one.proxy())
                .filter(Objects::nonNull)
                .map(Format::address);
    }

    private static Stream<@Nullable String> texts(ConnectionSnapshot one) {
        Stream<@Nullable String> plain =
                Stream.concat(
                        Stream.of(
                                one.id(),
                                one.listener(),
                                one.state().name(),
                                Format.address(one.localAddress()),
                                ConnectionColumn.holds(one)),
                        addresses(one));
        TlsFacts tls = one.tls();
        return tls == null
                ? plain
                : Stream.concat(
                        plain,
                        Stream.of(
                                tls.protocol(),
                                tls.cipherSuite(),
                                tls.peer(),
                                tls.serverName(),
                                tls.applicationProtocol()));
    }

    private static boolean isPart(@Nullable String wanted, Stream<@Nullable String> texts) {
        if (wanted == null) {
            return true;
        }
        String part = wanted.toLowerCase(Locale.ROOT);
        return texts.anyMatch(text -> text != null && text.toLowerCase(Locale.ROOT).contains(part));
    }
}
