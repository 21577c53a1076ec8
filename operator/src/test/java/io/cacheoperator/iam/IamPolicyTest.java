package io.cacheoperator.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.cacheoperator.crds.GeneratedFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies are what the code calls; {@code IamPolicyIT} shows that AWS, as the simulator plays it, is content with them. */
class IamPolicyTest {

    /** IAM takes so many characters in a managed policy, white space not counted. */
    private static final int LONGEST = 6144;

    private static final String SDK = "software.amazon.awssdk.services.";
    private static final Map<String, String> PREFIXES = Map.of("resourcegroupstaggingapi", "tag");

    /** AWS answers it to everybody. */
    private static final Set<String> NEED_NO_PERMISSION = Set.of("sts:GetCallerIdentity");

    static Stream<Arguments> policies() {
        return Stream.of(
                Arguments.of("full", IamPolicies.FULL),
                Arguments.of("no-ec2", IamPolicies.NO_EC2),
                Arguments.of("read-only", IamPolicies.READ_ONLY));
    }

    @Test
    void everyCallInTheCodeHasItsActionAndEveryActionItsCall() {
        Set<String> called = new TreeSet<>(calls());
        called.removeAll(NEED_NO_PERMISSION);
        called.addAll(IamActions.IMPLIED);
        assertThat(called).contains("elasticache:CreateReplicationGroup", "tag:GetResources", "ec2:DescribeSubnets");
        assertThat(IamActions.all()).isEqualTo(called);
    }

    /** Which operations of AWS the code calls, by its bytecode. */
    private static Set<String> calls() {
        JavaClasses code = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.cacheoperator");
        return code.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(IamPolicyTest::isOperation)
                .map(IamPolicyTest::action)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOperation(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        return owner.startsWith(SDK)
                && owner.endsWith("Client")
                && !Set.of("builder", "close", "create").contains(call.getName());
    }

    private static String action(JavaMethodCall call) {
        String service = call.getTargetOwner().getPackageName().substring(SDK.length());
        String name = call.getName();
        return PREFIXES.getOrDefault(service, service) + ":" + Character.toUpperCase(name.charAt(0))
                + name.substring(1);
    }

    @Test
    void theFullPolicyHasEveryAction() {
        assertThat(new TreeSet<>(IamPolicies.actions(IamPolicies.FULL))).isEqualTo(IamActions.all());
    }

    @Test
    void theOthersArePartsOfIt() {
        assertThat(IamPolicies.FULL).containsAll(IamPolicies.NO_EC2).containsAll(IamPolicies.READ_ONLY);
        assertThat(IamPolicies.actions(IamPolicies.NO_EC2)).noneMatch(action -> action.startsWith("ec2:"));
        assertThat(IamPolicies.actions(IamPolicies.READ_ONLY))
                .allMatch(action -> action.matches("[a-z0-9]+:(Describe|List|Get)[A-Za-z]+"));
    }

    @Test
    void noActionIsAWildcardAndNothingThatIsWrittenIsForEveryResource() {
        assertThat(IamPolicies.actions(IamPolicies.FULL)).noneMatch(action -> action.contains("*"));
        assertThat(IamPolicies.FULL)
                .filteredOn(statement -> statement.resources().contains("*"))
                .allMatch(statement -> statement.sid().startsWith("Read"));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void fitsIntoAManagedPolicy(String name, List<IamStatement> statements) {
        assertThat(IamPolicies.json(statements).replaceAll("\\s", "")).hasSizeLessThan(LONGEST);
        assertThat(statements).extracting(IamStatement::sid).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void committedPolicyIsWhatTheCodeMakes(String name, List<IamStatement> statements) throws IOException {
        GeneratedFile.writeOrCompare(
                "docs/iam/" + name + ".json", IamPolicies.json(statements), "docs.write", "make docs-reference");
    }

    @Test
    void committedPageIsWhatTheCodeMakes() throws IOException {
        GeneratedFile.writeOrCompare(IamReference.FILE, IamReference.page(), "docs.write", "make docs-reference");
    }
}
