package io.dermaga.engine.detect;

import io.dermaga.engine.framing.Framing;
import io.dermaga.engine.framing.Framing.Likeness;
import io.netty.buffer.ByteBuf;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what a peer seems to speak that speaks something else than its listener expects, and which
 * setting would take it. Immutable, one for each listener.
 *
 * <p>There are two moments. At once, of the bytes of any connection: only openings that cannot be
 * anything else. After a fault, when it is known that the bytes are not what they should be: also
 * every framing whose beginning is telling.
 */
public final class Detective {

    private static final int TLS_RECORD_HEADER_BYTES = 5;

    private final Framing expected;
    private final String form;
    private final Encryption encryption;

    public Detective(Framing expected, Encryption encryption) {
        this.expected = expected;
        this.form = expected.form();
        this.encryption = encryption;
    }

    /**
     * While nothing is wrong yet.
     *
     * @param head the first bytes of a connection, at least one; the more the better
     * @param peer who sent them
     */
    public Optional<Suspicion> atOnce(ByteBuf head, InetAddress peer) {
        Opening opening = new Opening(head, head.readableBytes());
        Suspicion wrapped = wrapped(opening, peer);
        if (wrapped != null) {
            return Optional.of(wrapped);
        }
        Likeness likeness = expected.likeness(head);
        if (likeness == Likeness.YES || form.contains("custom(")) {
            return Optional.empty(); // a class of the application may speak any protocol
        }
        Suspicion suspicion = Protocols.of(opening);
        if (suspicion == null && expected.answersByClosing()) {
            // one payload for a connection: a peer that waits for an answer would wait for ever
            suspicion = Framings.session(opening, form);
        }
        return Optional.ofNullable(suspicion)
                .map(one -> likeness == Likeness.ANYTHING ? one.takenBy(form) : one);
    }

    /**
     * When the first payload could not be taken.
     *
     * @param head the first bytes of the connection, at least one
     * @param received how many there were in all
     * @param peer who sent them
     */
    public Optional<Suspicion> afterFault(ByteBuf head, long received, InetAddress peer) {
        Opening opening = new Opening(head, received);
        Suspicion suspicion = wrapped(opening, peer);
        if (suspicion == null && expected.likeness(head) == Likeness.YES) {
            return Optional.ofNullable(Framings.gelf(opening, form));
        }
        if (suspicion == null) {
            suspicion = Protocols.of(opening);
        }
        if (suspicion == null) {
            suspicion = Protocols.beginningOfRequest(opening);
        }
        if (suspicion == null) {
            suspicion = Framings.any(opening, form);
        }
        return Optional.ofNullable(suspicion);
    }

    /**
     * Of bytes of which nothing is expected.
     *
     * @param sample the beginning of a stream, or all of it, at least one byte
     */
    public static Optional<Suspicion> of(ByteBuf sample) {
        Opening opening = new Opening(sample, sample.readableBytes());
        return Stream.<Supplier<@Nullable Suspicion>>of(
                        () -> Protocols.proxy(opening, null),
                        () -> tls(opening),
                        () -> Protocols.of(opening),
                        () -> Protocols.beginningOfRequest(opening),
                        () -> Framings.any(opening, ""))
                .map(Supplier::get)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** What comes around the stream of a framing: a PROXY header, TLS, or no TLS. */
    private @Nullable Suspicion wrapped(Opening opening, InetAddress peer) {
        Suspicion proxy = Protocols.proxy(opening, peer);
        if (proxy != null) {
            return proxy;
        }
        return switch (encryption) {
            case OFF, STARTTLS -> tls(opening);
            case OPTIONAL -> null;
            case REQUIRED -> plain(opening);
        };
    }

    private static @Nullable Suspicion tls(Opening opening) {
        ClientHello hello = ClientHello.of(opening);
        return hello == null
                ? null
                : Suspicion.takenWith(hello.words(), "tls=REQUIRED or tls=OPTIONAL");
    }

    private @Nullable Suspicion plain(Opening opening) {
        boolean record =
                opening.size() < TLS_RECORD_HEADER_BYTES
                        ? opening.at(0) >= 0x14 && opening.at(0) <= 0x18
                        : SslHandler.isEncrypted(opening.bytes(), true);
        if (record) {
            return null;
        }
        Suspicion protocol = Protocols.of(opening);
        if (protocol != null) {
            return protocol;
        }
        boolean own = expected.likeness(opening.bytes()) == Likeness.YES;
        return Suspicion.takenWith(
                own ? "framing '" + form + "' without TLS" : "a protocol without TLS",
                "tls=OPTIONAL or tls=OFF");
    }
}
