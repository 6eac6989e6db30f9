package io.dermaga.engine.listen;

import io.dermaga.api.monitor.ListenerState;
import io.dermaga.engine.recording.Target;
import io.dermaga.engine.settings.TlsMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** A listener as this process itself can connect to it. Any thread; may look up a name. */
public final class ReplayTarget {

    private final Listener listener;

    ReplayTarget(Listener listener) {
        this.listener = listener;
    }

    /**
     * Where it is.
     *
     * @throws IllegalStateException DMG3308 if it takes no connection of this process
     */
    public Target find() {
        InetAddress address = address();
        String why = refusal(address);
        if (why != null) {
            throw refused(why);
        }
        return new Target(
                listener.settings().name(),
                new InetSocketAddress(address, listener.port()),
                listener.settings().tls().mode() == TlsMode.REQUIRED);
    }

    private IllegalStateException refused(String why) {
        return new IllegalStateException(
                "DMG3308 listener '%s' cannot be sent to: %s"
                        .formatted(listener.settings().name(), why));
    }

    /** Connections to an own address come from that address. */
    private InetAddress address() {
        String host = listener.settings().hosts().get(0);
        try {
            InetAddress bound = InetAddress.getAllByName(host)[0];
            if (!bound.isAnyLocalAddress()) {
                return bound;
            }
            return listener.settings().socket().ipv6Only()
                    ? InetAddress.getAllByName("::1")[0]
                    : InetAddress.getLoopbackAddress();
        } catch (UnknownHostException e) {
            throw refused("its host '" + host + "' is not known");
        }
    }

    private @Nullable String refusal(InetAddress address) {
        Admission admission = listener.admission();
        if (listener.state() != ListenerState.LISTENING) {
            return "it is " + listener.state() + ", allowed: LISTENING";
        }
        if (listener.settings().tls().mode() == TlsMode.STARTTLS) {
            return "its connections begin in plain text and are encrypted later (tls=STARTTLS)";
        }
        if (admission.isProxy(address)) {
            return "it expects a PROXY header of " + address.getHostAddress();
        }
        return admission.allows(address)
                ? null
                : "its access list refuses " + address.getHostAddress();
    }
}
