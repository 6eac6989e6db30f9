package io.dermaga.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The table of rooms (docs/architecture.md): imports run downwards only. */
@AnalyzeClasses(packages = "io.dermaga", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ENGINE = "io.dermaga.engine";
    private static final String SETTINGS = "io.dermaga.engine.settings";
    private static final String FILES = "io.dermaga.engine.files";
    private static final String PAYLOAD = "io.dermaga.engine.payload";
    private static final String FRAMING = "io.dermaga.engine.framing";
    private static final String MONITOR = "io.dermaga.engine.monitor";
    private static final String TLS = "io.dermaga.engine.tls";
    private static final String DETECT = "io.dermaga.engine.detect";
    private static final String TRIAL = "io.dermaga.engine.trial";
    private static final String DEAD_LETTER = "io.dermaga.engine.deadletter";
    private static final String RECORDING = "io.dermaga.engine.recording";
    private static final String SPOOL = "io.dermaga.engine.spool";
    private static final String LANE = "io.dermaga.engine.lane";
    private static final String REPLY = "io.dermaga.engine.reply";
    private static final String IDEMPOTENCY = "io.dermaga.engine.idempotency";
    private static final String LISTEN = "io.dermaga.engine.listen";
    private static final String API = "io.dermaga.api";
    private static final String API_MONITOR = "io.dermaga.api.monitor";
    private static final String JMX = "javax.management..";
    private static final String JSSE = "javax.net.ssl";
    private static final String CRYPTO = "javax.crypto..";
    private static final String X500 = "javax.security.auth.x500";
    private static final String XA = "javax.transaction.xa";
    private static final String ARTEMIS = "org.apache.activemq.artemis..";
    private static final String RE2J = "com.google.re2j";
    private static final String BUFFERS = "io.netty.buffer";
    private static final String NETTY_TLS = "io.netty.handler.ssl";
    private static final String REFERENCE_COUNTS = "io.netty.util";

    @ArchTest static final ArchRule API_USES_THE_JDK = room(API, API_MONITOR);

    @ArchTest static final ArchRule API_MONITOR_USES_THE_JDK = room(API_MONITOR, API);

    @ArchTest static final ArchRule SETTINGS_ROOM = room(SETTINGS, API, API_MONITOR, RE2J);

    @ArchTest static final ArchRule FILES_ROOM = room(FILES);

    @ArchTest static final ArchRule PAYLOAD_ROOM = room(PAYLOAD, FILES, BUFFERS, REFERENCE_COUNTS);

    @ArchTest static final ArchRule REPLY_ROOM = room(REPLY);

    @ArchTest
    static final ArchRule FRAMING_ROOM = room(FRAMING, API, SETTINGS, PAYLOAD, REPLY, BUFFERS);

    @ArchTest static final ArchRule MONITOR_ROOM = room(MONITOR, API, API_MONITOR, JMX);

    @ArchTest
    static final ArchRule DETECT_ROOM = room(DETECT, FRAMING, MONITOR, BUFFERS, NETTY_TLS);

    @ArchTest
    static final ArchRule TRIAL_ROOM =
            room(TRIAL, API_MONITOR, SETTINGS, FRAMING, PAYLOAD, DETECT, BUFFERS);

    @ArchTest
    static final ArchRule DEAD_LETTER_ROOM = room(DEAD_LETTER, FILES, API_MONITOR, MONITOR);

    @ArchTest
    static final ArchRule RECORDING_ROOM =
            room(RECORDING, FILES, API, API_MONITOR, SETTINGS, MONITOR, BUFFERS, JSSE);

    @ArchTest
    static final ArchRule SPOOL_ROOM =
            room(SPOOL, FILES, SETTINGS, PAYLOAD, MONITOR, API_MONITOR, BUFFERS, ARTEMIS, XA);

    @ArchTest
    static final ArchRule IDEMPOTENCY_ROOM = room(IDEMPOTENCY, API, SETTINGS, REPLY, RE2J);

    @ArchTest
    static final ArchRule LANE_ROOM =
            room(
                    LANE,
                    API,
                    API_MONITOR,
                    SETTINGS,
                    PAYLOAD,
                    REPLY,
                    IDEMPOTENCY,
                    MONITOR,
                    BUFFERS,
                    X500,
                    XA);

    @ArchTest
    static final ArchRule LISTEN_ROOM =
            room(
                    LISTEN,
                    SPOOL,
                    XA,
                    API,
                    API_MONITOR,
                    SETTINGS,
                    FRAMING,
                    PAYLOAD,
                    DETECT,
                    DEAD_LETTER,
                    RECORDING,
                    LANE,
                    REPLY,
                    IDEMPOTENCY,
                    MONITOR,
                    TLS,
                    JSSE,
                    X500,
                    "io.netty..");

    @ArchTest
    static final ArchRule TLS_ROOM =
            room(TLS, API_MONITOR, SETTINGS, MONITOR, JSSE, CRYPTO, X500, "io.netty..");

    @ArchTest
    static final ArchRule NOBODY_USES_THE_ROOT =
            noClasses()
                    .that()
                    .resideInAnyPackage(ENGINE + ".*..", API + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ENGINE);

    @ArchTest
    static final ArchRule NO_JAKARTA =
            noClasses()
                    .that()
                    .resideInAPackage(ENGINE + "..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("jakarta..", "javax..")
                                    .and(not(resideInAnyPackage(JMX, JSSE, CRYPTO, X500, XA))));

    @ArchTest
    static final ArchRule NO_ROOMS_WITHOUT_A_SUBJECT =
            noClasses()
                    .should()
                    .resideInAnyPackage("..util..", "..common..", "..impl..", "..manager..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.dermaga.engine.(*)..").should().beFreeOfCycles();

    private static ArchRule room(String room, String... others) {
        String[] allowed = new String[others.length + 3];
        allowed[0] = room;
        allowed[1] = "java..";
        allowed[2] = "org.jspecify.annotations";
        System.arraycopy(others, 0, allowed, 3, others.length);
        return classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}
