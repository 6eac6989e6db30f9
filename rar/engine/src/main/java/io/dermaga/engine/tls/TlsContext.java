package io.dermaga.engine.tls;

import io.dermaga.api.monitor.CertificateSnapshot;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.settings.ListenerSettings;
import io.dermaga.engine.settings.SettingsException;
import io.dermaga.engine.settings.TlsRules;
import io.dermaga.engine.settings.TlsSettings;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * TLS of one listener: what is in its files now. When they have changed, new connections get what
 * is new; those that are there live on with what they have. Thread-safe.
 */
public final class TlsContext {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);
    private static final long SESSION_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final TlsSettings settings;
    private final String listener;
    private final Feed feed;
    private final TlsThreads threads;
    private final Turns handshakes;
    private final Expiry expiry;
    private final AtomicBoolean checking = new AtomicBoolean();
    private volatile Material material;

    // of the check, one at a time
    private ByteBuffer seen;
    private ByteBuffer refused = NONE;
    private long sessionsSince = System.nanoTime();

    private TlsContext(
            ListenerSettings settings, Material material, Feed feed, TlsThreads threads) {
        this.settings = settings.tls();
        this.listener = settings.name();
        this.feed = feed;
        this.threads = threads;
        this.handshakes = threads.forHandshakes(settings.tls().revocation());
        this.material = material;
        this.seen = material.digest();
        this.expiry = new Expiry(listener, settings.tls().expiryWarning(), feed);
    }

    /** What settings need to know of TLS. */
    public static TlsRules rules() {
        return Material::problems;
    }

    /**
     * Reads the files of a listener; null if it does without TLS.
     *
     * @throws SettingsException if a file cannot be used any more
     */
    public static @Nullable TlsContext of(
            ListenerSettings settings, Feed feed, TlsThreads threads) {
        if (!settings.tls().isOn()) {
            return null;
        }
        try {
            return new TlsContext(settings, Material.read(settings.tls()), feed, threads);
        } catch (UnusableException e) {
            throw new SettingsException(
                    "listener '" + settings.name() + "'", List.of(refusal(settings.name(), e)));
        }
    }

    /** For one connection, of a peer with the address. */
    public FirstHandshake newHandshake(Channel channel, InetAddress peer) {
        return new FirstHandshake(task -> handshakes.execute(peer, task), channel);
    }

    /** For a connection of a peer; without a deadline, which the listener sees to. */
    public SslHandler newHandler(ByteBufAllocator allocator, FirstHandshake handshake) {
        return ready(material.context().newHandler(allocator, handshake), handshake);
    }

    /**
     * For a connection to a peer.
     *
     * @param host its name or address, which its certificate must be for
     */
    public SslHandler newHandler(
            ByteBufAllocator allocator, FirstHandshake handshake, String host, int port) {
        return ready(material.context().newHandler(allocator, host, port, handshake), handshake);
    }

    private static SslHandler ready(SslHandler handler, FirstHandshake handshake) {
        handler.setHandshakeTimeoutMillis(0);
        return handshake.of(handler);
    }

    /** The certificates of this side. */
    public List<CertificateSnapshot> certificates() {
        return material.identities().stream().map(Certificates::snapshot).toList();
    }

    /** When the files were read that are in use. */
    public Instant readAt() {
        return material.readAt();
    }

    /** Looks whether the files have changed, soon, on a thread of its own. */
    public void check() {
        if (checking.compareAndSet(false, true)) {
            try {
                threads.forFiles().execute(this::checkNow);
            } catch (RejectedExecutionException e) {
                checking.set(false); // the engine is being closed
            }
        }
    }

    /**
     * Reads the files again, changed or not. Blocks.
     *
     * @param actor who asked
     * @return what is wrong with them, numbered; null if they are in use now
     */
    public @Nullable String reload(String actor) {
        return read(" for '" + Escape.text(actor) + "'");
    }

    private synchronized @Nullable String read(String why) {
        try {
            Material fresh = Material.read(settings);
            material = fresh;
            expiry.forget();
            feed.info(
                    Kind.CERTIFICATE,
                    listener,
                    "DMG2201 listener '%s' has read its certificates again%s: %s"
                            .formatted(listener, why, Certificates.describe(fresh.identities())));
            return null;
        } catch (UnusableException e) {
            String text = refusal(listener, e);
            feed.warning(Kind.CERTIFICATE, listener, null, text);
            return text;
        }
    }

    private void checkNow() {
        try {
            ByteBuffer now = digest();
            boolean quiet = now.equals(seen); // nobody is writing just now
            seen = now;
            if (quiet
                    && !now.equals(material.digest())
                    && !now.equals(refused)
                    && read("") != null) {
                refused = now; // told of once
            }
            if (quiet && settings.revocation().asks()) {
                forgetSessions();
            }
            expiry.check(material.identities(), Instant.now());
        } finally {
            checking.set(false);
        }
    }

    /** Who resumes a session shows no certificate that a responder could be asked about. */
    private synchronized void forgetSessions() {
        long now = System.nanoTime();
        if (now - sessionsSince < SESSION_NANOS || !seen.equals(material.digest())) {
            return;
        }
        sessionsSince = now;
        try {
            material = material.withoutSessions(settings);
        } catch (UnusableException e) {
            sessionsSince = now - SESSION_NANOS; // a file changes just now
        }
    }

    /** Empty while a file cannot be read: the first one is told of. */
    private ByteBuffer digest() {
        try {
            return Material.digest(settings);
        } catch (UnusableException | GeneralSecurityException e) {
            return NONE;
        }
    }

    private static String refusal(String listener, UnusableException cause) {
        return "DMG2202 listener '%s' keeps the certificates that it has, its files cannot be used; needed: %s"
                .formatted(listener, Escape.text(String.valueOf(cause.getMessage()), 500));
    }
}
