package io.dermaga.engine.settings;

import io.dermaga.engine.settings.SettingValues.Given;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the settings of encryption. */
final class TlsReader {

    /** Of an application protocol (RFC 7301, 3.1). */
    private static final int MOST_NAME_CHARS = 255;

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

    private final SettingValues values;
    private final @Nullable TlsRules rules;

    TlsReader(SettingValues values, @Nullable TlsRules rules) {
        this.values = values;
        this.rules = rules;
    }

    /** The settings; the files that they name were read, to see whether they can be used. */
    TlsSettings read() {
        TlsSettings settings =
                new TlsSettings(
                        values.choice(Setting.TLS, TlsMode.class),
                        values.choice(Setting.MODE, ListenerMode.class) == ListenerMode.CONNECT,
                        files(Setting.TLS_CERTIFICATE),
                        files(Setting.TLS_KEY),
                        values.secret(Setting.TLS_PASSWORD),
                        files(Setting.TLS_TRUST),
                        values.secret(Setting.TLS_TRUST_PASSWORD),
                        values.choice(Setting.TLS_CLIENT_AUTH, ClientAuth.class),
                        protocols(),
                        values.list(Setting.TLS_CIPHERS),
                        applicationProtocols(),
                        values.choice(Setting.TLS_REVOCATION, Revocation.class),
                        files(Setting.TLS_CRL),
                        values.choice(Setting.TLS_PROVIDER, TlsProviderKind.class),
                        values.choice(Setting.TLS_CLOSE_NOTIFY, CloseNotify.class),
                        values.duration(Setting.TLS_EXPIRY_WARNING, 0, 31_536_000_000L));
        if (settings.isOn() && rules != null) {
            check(settings, rules);
        }
        return settings;
    }

    /** What fits together is checked before what is in the files. */
    private void check(TlsSettings settings, TlsRules rules) {
        if (settings.certificates().isEmpty() && !settings.dialing()) {
            problem(
                    Setting.TLS_CERTIFICATE,
                    "a file with the certificate of this side, needed with tls=" + settings.mode());
        }
        if (settings.keys().size() > settings.certificates().size()) {
            problem(
                    Setting.TLS_KEY,
                    "at most one file for each of tlsCertificate, in the same order");
        }
        if (settings.checksPeers() && settings.trust().isEmpty()) {
            problem(
                    Setting.TLS_TRUST,
                    "a file with the authorities of peers' certificates, needed with "
                            + (settings.dialing()
                                    ? "mode=CONNECT"
                                    : "tlsClientAuth=" + settings.clientAuth()));
        }
        if (settings.mode() == TlsMode.OPTIONAL && settings.clientAuth() == ClientAuth.NEED) {
            problem(
                    Setting.TLS_CLIENT_AUTH,
                    "NONE or WANT with tls=OPTIONAL, where peers do without TLS; NEED with tls=REQUIRED");
        }
        if (settings.revocation() != Revocation.NONE && !settings.checksPeers()) {
            problem(
                    Setting.TLS_REVOCATION,
                    "NONE, since tlsClientAuth=NONE asks for no certificate");
        }
        if (settings.revocation() == Revocation.CRL && settings.crls().isEmpty()) {
            problem(
                    Setting.TLS_CRL,
                    "a file with revoked certificates, needed with tlsRevocation=CRL");
        }
        rules.problems(settings).forEach(one -> problem(one.setting(), one.allowed()));
    }

    private void problem(Setting setting, String allowed) {
        values.problem(setting, values.given(setting), allowed);
    }

    private List<String> protocols() {
        List<String> names = values.list(Setting.TLS_PROTOCOLS);
        if (names.isEmpty() || !PROTOCOLS.containsAll(names)) {
            problem(Setting.TLS_PROTOCOLS, Setting.TLS_PROTOCOLS.allowed());
        }
        return names;
    }

    private List<String> applicationProtocols() {
        List<String> names = values.list(Setting.TLS_APPLICATION_PROTOCOLS);
        if (names.stream().anyMatch(name -> name.length() > MOST_NAME_CHARS)) {
            problem(Setting.TLS_APPLICATION_PROTOCOLS, Setting.TLS_APPLICATION_PROTOCOLS.allowed());
        }
        return names;
    }

    private List<Path> files(Setting setting) {
        Given given = values.given(setting);
        try {
            return values.list(setting).stream().map(Path::of).toList();
        } catch (InvalidPathException e) {
            values.problem(setting, given, setting.allowed());
            return List.of();
        }
    }
}
