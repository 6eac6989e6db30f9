package io.dermaga;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of the war (DESIGN.md §3): imports run downwards only. */
@AnalyzeClasses(packages = "io.dermaga", importOptions = DoNotIncludeTests.class)
class RoomsTest {

    @ArchTest
    static final ArchRule the_inbox_uses_the_api_only =
            room(
                    "io.dermaga.inbox",
                    "java..",
                    "jakarta.ejb",
                    "org.jspecify..",
                    "io.dermaga.api",
                    "io.dermaga.inbox");

    @ArchTest
    static final ArchRule the_dashboard_uses_the_monitor_and_its_frameworks =
            room(
                    "io.dermaga.dashboard..",
                    "java..",
                    "javax.xml.stream..",
                    "jakarta..",
                    "org.jspecify..",
                    "org.primefaces..",
                    "org.omnifaces..",
                    "io.dermaga.api.monitor",
                    "io.dermaga.attributes",
                    "io.dermaga.audit",
                    "io.dermaga.alerts",
                    "io.dermaga.history",
                    "io.dermaga.monitor",
                    "io.dermaga.security",
                    "io.dermaga.iso8583",
                    "io.dermaga.settings",
                    "io.dermaga.doctor",
                    "io.dermaga.oidc",
                    "io.dermaga.masking",
                    "io.dermaga.dashboard..");

    @ArchTest
    static final ArchRule the_history_knows_neither_pages_nor_users =
            room(
                    "io.dermaga.history",
                    "java..",
                    "javax.sql",
                    "javax.naming",
                    "jakarta..",
                    "org.jspecify..",
                    "com.zaxxer.hikari",
                    "org.postgresql..",
                    "org.flywaydb.core..",
                    "org.h2.jdbcx",
                    "io.dermaga.api.monitor",
                    "io.dermaga.attributes",
                    "io.dermaga.masking",
                    "io.dermaga.settings",
                    "io.dermaga.monitor",
                    "io.dermaga.history");

    @ArchTest
    static final ArchRule metrics_know_what_is_monitored_and_the_history =
            room(
                    "io.dermaga.metrics",
                    "java..",
                    "jakarta..",
                    "org.jspecify..",
                    "io.micrometer..",
                    "io.prometheus.metrics.model..",
                    "io.dermaga.api.monitor",
                    "io.dermaga.alerts",
                    "io.dermaga.history",
                    "io.dermaga.monitor",
                    "io.dermaga.traces",
                    "io.dermaga.metrics");

    @ArchTest
    static final ArchRule alerts_know_what_is_monitored_and_neither_pages_nor_users =
            room(
                    "io.dermaga.alerts",
                    "java..",
                    "javax.crypto..",
                    "jakarta..",
                    "org.jspecify..",
                    "io.dermaga.api.monitor",
                    "io.dermaga.history",
                    "io.dermaga.http",
                    "io.dermaga.monitor",
                    "io.dermaga.settings",
                    "io.dermaga.dashboard.text",
                    "io.dermaga.alerts");

    @ArchTest
    static final ArchRule traces_know_what_is_monitored_and_how_it_is_masked =
            room(
                    "io.dermaga.traces",
                    "java..",
                    "jakarta..",
                    "org.jspecify..",
                    "io.dermaga.api.monitor",
                    "io.dermaga.masking",
                    "io.dermaga.http",
                    "io.dermaga.monitor",
                    "io.dermaga.settings",
                    "io.dermaga.dashboard.text",
                    "io.dermaga.traces");

    @ArchTest
    static final ArchRule health_knows_the_monitor_only =
            room(
                    "io.dermaga.health",
                    "java..",
                    "jakarta..",
                    "org.jspecify..",
                    "io.dermaga.api.monitor",
                    "io.dermaga.monitor",
                    "io.dermaga.health");

    @ArchTest
    static final ArchRule masking_knows_settings_and_the_monitor_only =
            room(
                    "io.dermaga.masking",
                    "java..",
                    "jakarta..",
                    "org.jspecify..",
                    "com.google.re2j",
                    "io.dermaga.api.monitor",
                    "io.dermaga.iso8583",
                    "io.dermaga.settings",
                    "io.dermaga.monitor",
                    "io.dermaga.masking");

    @ArchTest
    static final ArchRule attributes_know_settings_and_the_monitor_only =
            room(
                    "io.dermaga.attributes",
                    "java..",
                    "javax.xml.stream..",
                    "jakarta..",
                    "org.jspecify..",
                    "com.google.re2j",
                    "io.dermaga.api.monitor",
                    "io.dermaga.iso8583",
                    "io.dermaga.settings",
                    "io.dermaga.attributes");

    @ArchTest
    static final ArchRule the_doctor_knows_no_pages =
            room(
                    "io.dermaga.doctor",
                    "java..",
                    "com.sun.management",
                    "jakarta..",
                    "org.jspecify..",
                    "io.dermaga.api.monitor",
                    "io.dermaga.history",
                    "io.dermaga.monitor",
                    "io.dermaga.oidc",
                    "io.dermaga.settings",
                    "io.dermaga.traces",
                    "io.dermaga.doctor");

    @ArchTest
    static final ArchRule the_way_to_the_monitor_knows_nothing_else =
            room(
                    "io.dermaga.monitor",
                    "java..",
                    "jakarta..",
                    "org.jspecify..",
                    "io.dermaga.api.monitor",
                    "io.dermaga.monitor");

    @ArchTest
    static final ArchRule messages_of_iso_8583_know_nothing_else =
            room("io.dermaga.iso8583", "java..", "org.jspecify..", "io.dermaga.iso8583");

    @ArchTest
    static final ArchRule requests_know_nothing_else =
            room("io.dermaga.http", "java..", "org.jspecify..", "io.dermaga.http");

    @ArchTest
    static final ArchRule settings_know_nothing_else =
            room(
                    "io.dermaga.settings",
                    "java..",
                    "org.jspecify..",
                    "com.google.re2j",
                    "io.dermaga.settings");

    @ArchTest
    static final ArchRule security_knows_neither_the_adapter_nor_the_pages =
            room(
                    "io.dermaga.security",
                    "java..",
                    "javax.crypto..",
                    "jakarta..",
                    "org.jspecify..",
                    "com.nulabinc.zxcvbn..",
                    "io.dermaga.settings",
                    "io.dermaga.audit",
                    "io.dermaga.security");

    @ArchTest
    static final ArchRule login_at_a_provider_knows_users_and_neither_the_adapter_nor_the_pages =
            room(
                    "io.dermaga.oidc",
                    "java..",
                    "jakarta..",
                    "org.jspecify..",
                    "com.nimbusds..",
                    "net.minidev.json",
                    "io.dermaga.settings",
                    "io.dermaga.audit",
                    "io.dermaga.security",
                    "io.dermaga.dashboard.text",
                    "io.dermaga.oidc");

    @ArchTest
    static final ArchRule the_audit_knows_nothing_of_what_it_keeps =
            room(
                    "io.dermaga.audit",
                    "java..",
                    "jakarta..",
                    "org.jspecify..",
                    "io.dermaga.settings",
                    "io.dermaga.dashboard.text",
                    "io.dermaga.audit");

    @ArchTest
    static final ArchRule rest_knows_no_pages =
            room(
                    "io.dermaga.rest",
                    "java..",
                    "jakarta..",
                    "org.jspecify..",
                    "io.dermaga.api.monitor",
                    "io.dermaga.alerts",
                    "io.dermaga.attributes",
                    "io.dermaga.history",
                    "io.dermaga.monitor",
                    "io.dermaga.security",
                    "io.dermaga.audit",
                    "io.dermaga.dashboard.text",
                    "io.dermaga.doctor",
                    "io.dermaga.masking",
                    "io.dermaga.rest");

    @ArchTest
    static final ArchRule the_texts_depend_on_nothing =
            room(
                    "io.dermaga.dashboard.text",
                    "java..",
                    "org.jspecify..",
                    "io.dermaga.dashboard.text");

    @ArchTest
    static final ArchRule what_a_reader_looks_at_knows_no_pages =
            room(
                    "io.dermaga.dashboard.connections",
                    "java..",
                    "jakarta..",
                    "org.jspecify..",
                    "org.omnifaces.util",
                    "io.dermaga.api.monitor",
                    "io.dermaga.security",
                    "io.dermaga.settings",
                    "io.dermaga.dashboard.text",
                    "io.dermaga.dashboard.connections");

    @ArchTest
    static final ArchRule the_help_is_what_is_documented =
            room(
                    "io.dermaga.dashboard.help",
                    "java..",
                    "jakarta..",
                    "org.jspecify..",
                    "io.dermaga.dashboard.help");

    /** What a room may use; itself included. */
    private static ArchRule room(String room, String... used) {
        return classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(used);
    }
}
