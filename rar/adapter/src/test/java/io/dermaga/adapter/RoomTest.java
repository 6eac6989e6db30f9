package io.dermaga.adapter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The adapter's line in the table of rooms, docs/architecture.md. */
@AnalyzeClasses(
        packages = "io.dermaga.adapter",
        importOptions = ImportOption.DoNotIncludeTests.class)
class RoomTest {

    @ArchTest
    static final ArchRule the_adapter_knows_the_engine_and_the_container_alone =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "javax.transaction.xa",
                            "javax.naming",
                            "javax.security.auth",
                            "jakarta.resource..",
                            "jakarta.validation..",
                            "io.dermaga.adapter",
                            "io.dermaga.api..",
                            "io.dermaga.engine..",
                            "io.netty.util.concurrent",
                            "org.jspecify.annotations");
}
