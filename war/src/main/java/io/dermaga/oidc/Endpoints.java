package io.dermaga.oidc;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Addresses to which secrets and browsers may be sent: HTTPS, or on this machine. */
final class Endpoints {

    private Endpoints() {}

    static boolean isSafe(@Nullable URI address) {
        if (address == null || address.getHost() == null) {
            return false;
        }
        return "https".equalsIgnoreCase(address.getScheme())
                || ("http".equalsIgnoreCase(address.getScheme()) && isLoopback(address.getHost()));
    }

    /** Asks no name service: only {@code localhost} and literals are loopback. */
    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost")) {
            return true;
        }
        if (!name.matches("127(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]")) {
            return false;
        }
        try {
            return InetAddress.getByName(name).isLoopbackAddress();
        } catch (UnknownHostException noLiteral) {
            return false;
        }
    }
}
