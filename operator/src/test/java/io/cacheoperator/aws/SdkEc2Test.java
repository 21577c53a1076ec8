package io.cacheoperator.aws;

import static io.cacheoperator.aws.AwsInSimulator.REGION;
import static io.cacheoperator.aws.AwsInSimulator.TAGS;
import static io.cacheoperator.aws.AwsInSimulator.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import io.cacheoperator.aws.SecurityGroupState.Rule;
import io.cacheoperator.aws.SecurityGroupState.Source;
import io.cacheoperator.core.Answers;
import io.cacheoperator.core.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Security groups and their rules, written and read back. */
class SdkEc2Test {

    private static final String OWNER = AwsInSimulator.OWNER;

    private final AwsInSimulator aws = new AwsInSimulator();

    @AfterEach
    void close() {
        aws.close();
    }

    private SecurityGroupState make(String name) {
        return ok(aws.ec2().createSecurityGroup(aws.vpc(), name, "for a test", TAGS));
    }

    private SecurityGroupState read(String name) {
        return aws.state(new Queries.SecurityGroupByName(REGION, aws.vpc(), name));
    }

    private static IngressRule from(Source source, String description) {
        return new IngressRule("tcp", 6379, 6379, source, Optional.of(description));
    }

    @Test
    void aNewGroupLetsNobodyInAndIsTagged() {
        SecurityGroupState made = make("shop");

        assertThat(made.ingress()).isEmpty();
        assertThat(read("shop")).isEqualTo(made);
        assertThat(read("shop").tags()).isEqualTo(TAGS);
    }

    @Test
    void rulesOfEverySourceAreReadBackWithTheirIds() {
        SecurityGroupState clients = make("clients");
        String id = make("shop").id();
        List<IngressRule> rules = List.of(
                from(new Source.Ipv4("10.0.0.0/16"), "nodes"),
                from(new Source.Ipv6("2001:db8::/32"), "six"),
                from(new Source.Group(clients.id()), "clients"));

        List<Rule> made = ok(aws.ec2().authorizeIngress(id, rules));

        assertThat(made).extracting(Rule::rule).containsExactlyInAnyOrderElementsOf(rules);
        assertThat(made).extracting(Rule::id).allMatch(rule -> rule.startsWith("sgr-"));
        assertThat(read("shop").ingress()).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void oneDuplicateFailsAllRules() {
        String id = make("shop").id();
        IngressRule nodes = from(new Source.Ipv4("10.0.0.0/16"), "nodes");
        ok(aws.ec2().authorizeIngress(id, List.of(nodes)));

        var again = aws.ec2().authorizeIngress(id, List.of(nodes, from(new Source.Ipv4("10.9.0.0/16"), "more")));

        assertThat(again.error()).map(Failure::kind).contains(Failure.Kind.EXISTS);
        assertThat(read("shop").ingress()).hasSize(1);
    }

    @Test
    void rulesAreDescribedAnewAndTakenAway() {
        String id = make("shop").id();
        Rule rule = ok(aws.ec2().authorizeIngress(id, List.of(from(new Source.Ipv4("10.0.0.0/16"), "old"))))
                .getFirst();

        ok(aws.ec2().describeIngress(id, List.of(new Rule(rule.id(), from(new Source.Ipv4("10.0.0.0/16"), "new")))));
        assertThat(read("shop").ingress().getFirst().rule().description()).contains("new");
        ok(aws.ec2().revokeIngress(id, Set.of(rule.id())));

        assertThat(read("shop").ingress()).isEmpty();
    }

    @Test
    void tagsAreAddedAndRemoved() {
        String id = make("shop").id();

        ok(aws.ec2().addTags(id, Map.of("cost", "7")));
        ok(aws.ec2().removeTags(id, Set.of("team")));

        assertThat(read("shop").tags()).isEqualTo(Map.of("cacheoperator.io/owner", OWNER, "cost", "7"));
    }

    @Test
    void theBulkReadHoldsWhatHasAnOwnerAndNothingElse() {
        SecurityGroupState shop = make("shop");
        ok(aws.ec2().authorizeIngress(shop.id(), List.of(from(new Source.Ipv4("10.0.0.0/16"), "nodes"))));
        ok(aws.ec2().createSecurityGroup(aws.vpc(), "foreign", "for a test", Map.of("team", "other")));

        Answers answers = ok(aws.bulk("DescribeSecurityGroups"));

        assertThat(answers.get(new Queries.SecurityGroupByName(REGION, aws.vpc(), "shop")))
                .contains(read("shop"));
        assertThat(answers.get(new Queries.SecurityGroupByName(REGION, aws.vpc(), "foreign")))
                .isEmpty();
        assertThat(answers.get(new Queries.OwnedSecurityGroups(REGION, OWNER))).contains(List.of(read("shop")));
        assertThat(aws.state(new Queries.OwnedSecurityGroups(REGION, OWNER))).containsExactly(read("shop"));
    }

    @Test
    void aNameThatIsTakenSaysSo() {
        make("shop");

        assertThat(aws.ec2()
                        .createSecurityGroup(aws.vpc(), "shop", "again", TAGS)
                        .error())
                .map(Failure::kind)
                .contains(Failure.Kind.EXISTS);
    }

    @Test
    void aDeletedGroupIsGone() {
        String id = make("shop").id();

        ok(aws.ec2().deleteSecurityGroup(id));

        assertThat(ok(aws.ask(new Queries.SecurityGroupByName(REGION, aws.vpc(), "shop")))
                        .isConfirmedAbsent())
                .isTrue();
        assertThat(aws.ec2().deleteSecurityGroup(id).error()).map(Failure::kind).contains(Failure.Kind.GONE);
    }

    @Test
    void groupsThatTheUserBringsAreAllThereOrAbsent() {
        String id = make("shop").id();

        assertThat(aws.state(new Queries.SecurityGroups(REGION, Set.of(id))))
                .extracting(SecurityGroupState::id)
                .containsExactly(id);
        assertThat(ok(aws.ask(new Queries.SecurityGroups(REGION, Set.of(id, "sg-0123456789abcdef0"))))
                        .isConfirmedAbsent())
                .isTrue();
    }
}
