package io.dermaga.engine.tls;

import io.dermaga.engine.settings.ClientAuth;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.TlsProviderKind;
import io.dermaga.engine.settings.TlsRules.Problem;
import io.dermaga.engine.settings.TlsSettings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * What was read from the files of a listener at one time.
 *
 * @param context makes engines for connections
 * @param identities those of this side, the default first
 * @param digest of the contents of all files
 * @param readAt when
 */
record Material(SslContext context, List<Identity> identities, ByteBuffer digest, Instant readAt) {

    /**
     * Forward secrecy and authenticated encryption only, as RFC 9325 (4.2) recommends; those of TLS
     * 1.3 first.
     */
    private static final List<String> SUITES =
            List.of(
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** A key store needs a password; this one never leaves the process. */
    private static final char[] NO_SECRET = "memory".toCharArray();

    /**
     * Reads the files.
     *
     * @throws UnusableException if one cannot be used
     */
    static Material read(TlsSettings settings) throws UnusableException {
        try {
            ByteBuffer digest = digest(settings); // before the rest: a later change is noticed
            List<Identity> identities = identities(settings);
            return new Material(context(settings, identities), identities, digest, Instant.now());
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new UnusableException(String.valueOf(e.getMessage()));
        }
    }

    /** The same, with which no session of before can be resumed. */
    Material withoutSessions(TlsSettings settings) throws UnusableException {
        try {
            return new Material(context(settings, identities), identities, digest, readAt);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new UnusableException(String.valueOf(e.getMessage()));
        }
    }

    /** What is wrong with the settings; each part is looked at whatever is wrong with others. */
    static List<Problem> problems(TlsSettings settings) {
        List<Problem> problems = new ArrayList<>();
        if (settings.provider() == TlsProviderKind.OPENSSL && !OpenSsl.isAvailable()) {
            problems.add(
                    new Problem(
                            Setting.TLS_PROVIDER,
                            "JDK, since netty-tcnative is not available here ("
                                    + OpenSsl.unavailabilityCause()
                                    + ")"));
        }
        part(problems, Setting.TLS_CERTIFICATE, () -> identities(settings));
        part(problems, Setting.TLS_TRUST, () -> trust(settings));
        part(problems, Setting.TLS_CRL, () -> Trust.lists(settings.crls()));
        if (!suites().containsAll(settings.ciphers())) {
            problems.add(
                    new Problem(
                            Setting.TLS_CIPHERS,
                            suites().stream().sorted().collect(Collectors.joining(", "))));
        }
        boolean complete =
                !settings.certificates().isEmpty()
                        && (settings.clientAuth() == ClientAuth.NONE
                                || !settings.trust().isEmpty());
        if (problems.isEmpty() && complete) {
            part(problems, Setting.TLS, () -> read(settings));
        }
        return problems;
    }

    private static void trust(TlsSettings settings)
            throws UnusableException, GeneralSecurityException, IOException {
        if (!settings.trust().isEmpty()) {
            Trust.authorities(settings);
        }
    }

    private static void part(List<Problem> problems, Setting setting, Part part) {
        try {
            part.read();
        } catch (UnusableException | GeneralSecurityException | IOException e) {
            problems.add(new Problem(setting, String.valueOf(e.getMessage())));
        }
    }

    /** Reads one of the parts. */
    private interface Part {
        void read() throws UnusableException, GeneralSecurityException, IOException;
    }

    private static List<Identity> identities(TlsSettings settings) throws UnusableException {
        List<Identity> all = new ArrayList<>();
        for (int i = 0; i < settings.certificates().size(); i++) {
            Path file = settings.certificates().get(i);
            Path key = i < settings.keys().size() ? settings.keys().get(i) : file;
            all.addAll(Identity.read(file, key, settings.password()));
        }
        return List.copyOf(all);
    }

    private static SslContext context(TlsSettings settings, List<Identity> identities)
            throws UnusableException, GeneralSecurityException, IOException {
        boolean jdk = settings.provider() == TlsProviderKind.JDK;
        SslContextBuilder builder =
                (settings.dialing()
                                ? client(identities)
                                : SslContextBuilder.forServer(keys(identities)))
                        .sslProvider(jdk ? SslProvider.JDK : SslProvider.OPENSSL)
                        .protocols(settings.protocols())
                        .ciphers(settings.ciphers().isEmpty() ? SUITES : settings.ciphers())
                        .clientAuth(clientAuth(settings.clientAuth()));
        if (settings.checksPeers()) {
            builder.trustManager(Trust.of(settings));
        }
        if (!settings.applicationProtocols().isEmpty()) {
            builder.applicationProtocolConfig(
                    new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            jdk
                                    ? SelectorFailureBehavior.FATAL_ALERT // RFC 7301, 3.2
                                    : SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            settings.applicationProtocols()));
        }
        return builder.build();
    }

    /** The name of the server that it connects to is checked (RFC 2818, 3.1). */
    private static SslContextBuilder client(List<Identity> identities)
            throws GeneralSecurityException, IOException {
        SslContextBuilder builder =
                SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
        return identities.isEmpty() ? builder : builder.keyManager(keys(identities));
    }

    /** The key manager of this kind chooses by the server name that a peer asks for (RFC 6066). */
    private static KeyManagerFactory keys(List<Identity> identities)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Identity one : identities) {
            store.setKeyEntry(
                    "identity-" + store.size(),
                    one.key(),
                    NO_SECRET,
                    one.chain().toArray(X509Certificate[]::new));
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, NO_SECRET);
        return factory;
    }

    private static io.netty.handler.ssl.ClientAuth clientAuth(ClientAuth wanted) {
        return switch (wanted) {
            case NONE -> io.netty.handler.ssl.ClientAuth.NONE;
            case WANT -> io.netty.handler.ssl.ClientAuth.OPTIONAL;
            case NEED -> io.netty.handler.ssl.ClientAuth.REQUIRE;
        };
    }

    /** What the platform has, those without encryption or without authentication left out. */
    private static List<String> suites() {
        try {
            return Arrays.stream(
                            SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites())
                    .filter(suite -> suite.startsWith("TLS_"))
                    .filter(suite -> !suite.contains("_NULL_") && !suite.contains("_anon_"))
                    .filter(suite -> !suite.equals("TLS_EMPTY_RENEGOTIATION_INFO_SCSV"))
                    .toList();
        } catch (GeneralSecurityException e) {
            return SUITES;
        }
    }

    /** Of the contents of all files: a changed one is noticed, however it was put there. */
    static ByteBuffer digest(TlsSettings settings)
            throws UnusableException, GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        List<Path> files =
                Stream.of(
                                settings.certificates(),
                                settings.keys(),
                                settings.trust(),
                                settings.crls())
                        .flatMap(List::stream)
                        .toList();
        for (Path file : files) {
            digest.update(Identity.content(file));
        }
        return ByteBuffer.wrap(digest.digest()).asReadOnlyBuffer();
    }
}
