package io.dermaga.oidc;

import io.dermaga.dashboard.text.Visible;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads settings and collects what is wrong with them, so that all of it is told at once. */
final class OidcReader {

    private static final String PREFIX = "dermaga.oidc.";

    private final Map<String, String> given;
    private final List<String> problems = new ArrayList<>();

    /**
     * @param given by what follows the prefix; empty: not given
     */
    OidcReader(Map<String, String> given) {
        this.given = given;
    }

    private String text(String name) {
        return Objects.requireNonNull(given.get(name), name).strip();
    }

    private void problem(String name, String value, String allowed) {
        problems.add(
                "property '%s%s': given '%s', allowed: %s"
                        .formatted(PREFIX, name, Visible.line(value), allowed));
    }

    void unknown(String name) {
        problems.add("there is no property '%s'".formatted(Visible.line(name)));
    }

    String required(String name) {
        String value = text(name);
        if (value.isEmpty()) {
            problem(name, value, "one");
        }
        return value;
    }

    URI issuer() {
        URI issuer = uri("issuer", text("issuer"));
        return issuer == null ? URI.create("https://invalid.invalid") : issuer;
    }

    /** Null if none is given, or one that cannot be. */
    @Nullable URI address() {
        String value = text("address").replaceFirst("/$", "");
        return value.isEmpty() ? null : uri("address", value);
    }

    private @Nullable URI uri(String name, String value) {
        try {
            URI uri = new URI(value);
            if (Endpoints.isSafe(uri)
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException malformed) {
            // told below
        }
        problem(
                name,
                value,
                "https://HOST/PATH without user, query and fragment; http:// on this machine only");
        return null;
    }

    String name(URI issuer) {
        String value = text("name");
        return value.isEmpty() ? issuer.getHost() : value;
    }

    List<String> scopes() {
        List<String> scopes = List.of(text("scopes").split("[ ,]+"));
        if (!scopes.contains("openid")) {
            problem("scopes", text("scopes"), "openid and others");
        }
        return scopes;
    }

    /** At least one, or nobody could log in. */
    Map<String, Set<String>> roles(Iterable<String> known) {
        Map<String, Set<String>> roles = new TreeMap<>();
        for (String role : known) {
            Set<String> giving =
                    Stream.of(text("role." + role).split(",", -1))
                            .map(String::strip)
                            .filter(one -> !one.isEmpty())
                            .collect(Collectors.toCollection(TreeSet::new));
            if (!giving.isEmpty()) {
                roles.put(role, Set.copyOf(giving));
            }
        }
        if (roles.isEmpty()) {
            problem("role.…", "", "roles of the provider for one of " + String.join(", ", known));
        }
        return roles;
    }

    boolean onOff(String name) {
        String value = text(name);
        if (!value.equals("on") && !value.equals("off")) {
            problem(name, value, "on, off");
        }
        return value.equals("on");
    }

    int number(String name, int least, int most) {
        String value = text(name);
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // told below
        }
        problem(name, value, least + " to " + most);
        return least;
    }

    /** Throws DMG4631 if there is a problem. */
    void refuse() {
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "DMG4631 nobody can log in by OpenID Connect: " + String.join("; ", problems));
        }
    }
}
