package io.dermaga.oidc;

import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import io.dermaga.security.ProviderUser;
import io.dermaga.settings.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The identity provider that is configured, if one is. Without one, or with settings that cannot be
 * used, nobody logs in that way and the dashboard is as it would be otherwise; with {@code
 * dermaga.oidc.only=on}, pages then let nobody in at all. Thread-safe.
 */
@ApplicationScoped
public class IdentityProvider {

    private static final System.Logger LOG = System.getLogger(IdentityProvider.class.getName());

    private static final String CALLBACK = "/oidc/callback";

    /** Where a browser comes back to from the provider's logout. */
    private static final String AFTER_LOGOUT = "/login.xhtml";

    private record InUse(OidcSettings settings, Discovery discovery, CodeFlow flow) {}

    private final AtomicBoolean opened = new AtomicBoolean();
    private @Nullable InUse inUse;
    private @Nullable String problem;
    private boolean only;

    void open(@Observes @Initialized(ApplicationScoped.class) Object application) {
        if (opened.compareAndSet(false, true)) { // inside an EAR some servers say it twice
            open(Configuration.ofProcess(), Clock.systemUTC());
        }
    }

    void open(Configuration configuration, Clock clock) {
        if (!configuration.isOidcGiven()) {
            return;
        }
        only = !Objects.equals(configuration.oidc().get("only"), "off");
        try {
            OidcSettings settings = OidcSettings.of(configuration);
            Discovery discovery = new Discovery(settings, clock);
            inUse = new InUse(settings, discovery, new CodeFlow(settings, discovery, clock));
        } catch (IllegalStateException unusable) {
            problem = unusable.getMessage();
            LOG.log(System.Logger.Level.ERROR, problem);
        }
    }

    /** Whether somebody can be sent there. */
    public boolean isInUse() {
        return inUse != null;
    }

    /** Whether something is said of one, right or wrong. */
    public boolean isGiven() {
        return inUse != null || problem != null;
    }

    /** Whether pages take no password of the dashboard's own. */
    public boolean isOnly() {
        return only;
    }

    /** Its name for people; empty without one. */
    public String name() {
        return inUse == null ? "" : inUse.settings().name();
    }

    private InUse used() throws LoginRefused {
        InUse now = inUse;
        if (now == null) {
            throw LoginRefused.away("–", "none is configured", null);
        }
        return now;
    }

    CodeFlow.Begun begin(HttpServletRequest request, boolean continued) throws LoginRefused {
        return used().flow().begin(address(used().settings(), request, CALLBACK), continued);
    }

    ProviderUser end(PendingLogin login, Map<String, List<String>> answer) throws LoginRefused {
        return used().flow().end(login, answer);
    }

    /** Where a user of the provider is logged out there; empty if he is not to be, or cannot. */
    public Optional<URI> logout(ProviderUser user, HttpServletRequest request) {
        try {
            InUse now = used();
            URI endpoint = now.discovery().find().metadata().getEndSessionEndpointURI();
            if (!now.settings().isLogoutThere() || !Endpoints.isSafe(endpoint)) {
                return Optional.empty();
            }
            return Optional.of(
                    new LogoutRequest(
                                    endpoint,
                                    JWTParser.parse(user.idToken()),
                                    null,
                                    new ClientID(now.settings().clientId()),
                                    address(now.settings(), request, AFTER_LOGOUT),
                                    null,
                                    null)
                            .toURI());
        } catch (LoginRefused | ParseException away) {
            LOG.log(System.Logger.Level.WARNING, "not logged out there: " + away.getMessage());
            return Optional.empty();
        }
    }

    private static URI address(OidcSettings settings, HttpServletRequest request, String path) {
        URI address = settings.address();
        if (address != null) {
            return URI.create(address + path);
        }
        String host = request.getServerName();
        boolean isUsual =
                request.getServerPort() == ("https".equals(request.getScheme()) ? 443 : 80);
        return URI.create(
                request.getScheme()
                        + "://"
                        + host
                        + (isUsual ? "" : ":" + request.getServerPort())
                        + request.getContextPath()
                        + path);
    }

    /** What was found when it was asked just now; empty if none is configured. */
    public Optional<ProviderCheck> look() {
        String wrong = problem;
        InUse now = inUse;
        if (now == null) {
            return wrong == null
                    ? Optional.empty()
                    : Optional.of(new ProviderCheck(wrong, false, Duration.ZERO));
        }
        return Optional.of(ProviderCheck.of(now.settings(), now.discovery()));
    }
}
