package io.cacheoperator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.haveRawType;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** The rules of the operator's design that bytecode can show. */
@AnalyzeClasses(packages = "io.cacheoperator", importOptions = ArchitectureTest.OnlyTheOperator.class)
class ArchitectureTest {

    /** The simulator and the API server's launcher stand on the test class path too. */
    static final class OnlyTheOperator implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return location.contains("/operator/target/classes/");
        }
    }

    private static final String ROOT = "io.cacheoperator.";
    private static final String[] AWS_SDK = {"software.amazon.."};
    private static final String[] JOSDK = {"io.javaoperatorsdk.."};

    @ArchTest
    static final ArchRule coreDependsOnNothingOfOurs = noClasses()
            .that()
            .resideInAPackage(ROOT + "core..")
            .should()
            .dependOnClassesThat(are(ours().and(DescribedPredicate.not(resideInAPackage(ROOT + "core..")))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule observeAwsAndK8sDependOnCoreOnly = slices().matching(ROOT + "(observe|aws|k8s|probe)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingBelowKindsKnowsThem = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "core..", ROOT + "observe..", ROOT + "aws..", ROOT + "k8s..", ROOT + "probe..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "kinds..", ROOT + "app..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingKnowsApp = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "app..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule kindsKnowOfEachOtherOnlyTheModel = slices().matching(ROOT + "kinds.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(DescribedPredicate.alwaysTrue(), isModel())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .should()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule pureClassesDoNoInputOrOutput = noClasses()
            .that(are(pure()))
            .should()
            .dependOnClassesThat(are(resideInAnyPackage(
                    "software.amazon..",
                    "org.slf4j..",
                    "io.fabric8.kubernetes.client.dsl..",
                    "java.net..",
                    "java.nio.file..")))
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.fabric8.kubernetes.client.KubernetesClient")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule awsSdkStopsAtAws = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "aws..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AWS_SDK)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule josdkStopsAtTheShell = noClasses()
            .that(are(ours().and(DescribedPredicate.not(resideInAnyPackage(
                            ROOT + "core..", ROOT + "observe..", ROOT + "k8s..", ROOT + "app..")
                    .or(named("a kind", type -> outermost(type).getSimpleName().endsWith("Kind")))))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JOSDK)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule staticsDoNotChange =
            fields().that().areStatic().should().beFinal().allowEmptyShould(true);

    @ArchTest
    static final ArchRule staticsHoldNothingThatChanges =
            fields().that(staticFields()).should(not(haveRawType(mutable()))).allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", Duration.class);

    @ArchTest
    static final ArchRule nobodyPrints = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule customResourcesLiveWithTheirKind = classes()
            .that()
            .areAssignableTo(CustomResource.class)
            .should()
            .resideInAPackage(ROOT + "kinds.*")
            .allowEmptyShould(true);

    private static DescribedPredicate<JavaClass> ours() {
        return resideInAPackage("io.cacheoperator..");
    }

    /** What other kinds may read: the custom resource, and the records and enums that it is made of. */
    private static DescribedPredicate<JavaClass> isModel() {
        return named(
                "the public model",
                type -> type.isAssignableTo(CustomResource.class)
                        || type.isEnum()
                        || type.isAnnotatedWith("com.fasterxml.jackson.annotation.JsonIgnoreProperties"));
    }

    private static DescribedPredicate<JavaClass> pure() {
        return named("pure", type -> {
            String name = outermost(type).getSimpleName();
            return name.endsWith("Diff")
                    || name.endsWith("Planner")
                    || name.endsWith("StatusMapper")
                    || name.startsWith("Desired")
                    || name.startsWith("Observed");
        });
    }

    private static DescribedPredicate<JavaField> staticFields() {
        return named(
                "are static",
                field -> field.getModifiers().contains(JavaModifier.STATIC)
                        && !field.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    /** Types whose very purpose is to change; what a List or a Map holds cannot be seen from here. */
    private static DescribedPredicate<JavaClass> mutable() {
        return named(
                "that can change",
                type -> type.isArray()
                        || type.isAssignableTo(AtomicReference.class)
                        || type.isAssignableTo(AtomicBoolean.class)
                        || type.isAssignableTo(AtomicInteger.class)
                        || type.isAssignableTo(AtomicLong.class)
                        || type.isAssignableTo(ThreadLocal.class)
                        || (!type.isInterface()
                                && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class))));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    private static <T> DescribedPredicate<T> named(String description, Predicate<T> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }
}
