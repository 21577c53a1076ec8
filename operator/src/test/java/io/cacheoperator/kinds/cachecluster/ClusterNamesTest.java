package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Owner;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ClusterNamesTest {

    private static final CacheClusterSpec SPEC = Clusters.of("engine: valkey\n").getSpec();

    /** Kubernetes names: lower-case letters, digits, hyphens and dots, also with a digit first. */
    @Provide
    Arbitrary<Owner> owners() {
        Arbitrary<String> name = Arbitraries.strings()
                .withChars("abz019-.")
                .ofMinLength(1)
                .ofMaxLength(63)
                .map(text -> text.replaceAll("^[-.]+|[-.]+$", ""))
                .filter(text -> !text.isEmpty());
        Arbitrary<String> cluster =
                Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(36);
        return Combinators.combine(cluster, name, name).as(Owner::new);
    }

    @Property(tries = 1000)
    void fitsTheAlphabetAndLengthOfAws(@ForAll("owners") Owner owner) {
        ClusterNames names = ClusterNames.of(owner, SPEC);

        assertThat(names.cacheId()).matches("[a-z](-?[a-z0-9])*").hasSizeLessThanOrEqualTo(40);
        assertThat(names.securityGroup())
                .matches("[a-z](-?[a-z0-9])*")
                .doesNotStartWith("sg-")
                .hasSizeLessThan(255);
        assertThat(names.parameterGroup("redis6.x"))
                .matches("[a-z](-?[a-z0-9])*")
                .hasSizeLessThan(255);
        assertThat(names.subnetGroup(Set.of("subnet-1")))
                .matches("[a-z](-?[a-z0-9])*")
                .hasSizeLessThan(255);
        assertThat(names.finalSnapshot("uid/now")).matches("[a-z](-?[a-z0-9])*").hasSizeLessThanOrEqualTo(40);
    }

    @Property(tries = 1000)
    void isAlwaysTheSameForOneOwner(@ForAll("owners") Owner owner) {
        ClusterNames one = ClusterNames.of(owner, SPEC);
        ClusterNames two = ClusterNames.of(new Owner(owner.clusterName(), owner.namespace(), owner.name()), SPEC);

        assertThat(one).isEqualTo(two);
        assertThat(one.finalSnapshot("d")).isEqualTo(two.finalSnapshot("d"));
    }

    @Property(tries = 1000)
    void tellsOwnersApart(@ForAll("owners") Owner one, @ForAll("owners") Owner two) {
        Assume.that(!one.equals(two));

        assertThat(ClusterNames.of(one, SPEC).cacheId())
                .isNotEqualTo(ClusterNames.of(two, SPEC).cacheId());
        assertThat(ClusterNames.of(one, SPEC).securityGroup())
                .isNotEqualTo(ClusterNames.of(two, SPEC).securityGroup());
    }

    @Example
    void tellsApartWhatReadsTheSame() {
        assertThat(id(new Owner("c", "a-b", "c"))).isNotEqualTo(id(new Owner("c", "a", "b-c")));
        assertThat(id(new Owner("one", "a", "b"))).isNotEqualTo(id(new Owner("two", "a", "b")));
    }

    @Example
    void staysWhatItIsAcrossVersions() {
        ClusterNames names = ClusterNames.of(new Owner("prod", "shop", "sessions"), SPEC);

        assertThat(names.cacheId()).isEqualTo("shop-sessions-jm5ost");
        assertThat(names.securityGroup()).isEqualTo("cacheoperator-shop-sessions-jm5ost");
        assertThat(names.parameterGroup("valkey8")).isEqualTo("shop-sessions-jm5ost-valkey8");
        assertThat(names.tokenSecret()).isEqualTo("sessions-cache-auth");
        assertThat(names.connectionSecret()).isEqualTo("sessions-cache");
    }

    @Example
    void takesTheIdGivenInLowerCase() {
        CacheClusterSpec given =
                Clusters.of("engine: valkey\nid: Shop-Sessions\n").getSpec();

        assertThat(ClusterNames.of(new Owner("c", "n", "x"), given).cacheId()).isEqualTo("shop-sessions");
    }

    @Example
    void namesAnotherParameterGroupForAnotherFamily() {
        ClusterNames names = ClusterNames.of(new Owner("prod", "shop", "sessions"), SPEC);

        assertThat(names.parameterGroup("redis7")).isNotEqualTo(names.parameterGroup("valkey7"));
        assertThat(names.isOwnParameterGroup(names.parameterGroup("redis7"))).isTrue();
        assertThat(names.isOwnParameterGroup("default.redis7")).isFalse();
    }

    @Example
    void sharesTheSubnetGroupWithinOneClusterWhateverTheOrder() {
        ClusterNames one = ClusterNames.of(new Owner("prod", "shop", "a"), SPEC);
        ClusterNames two = ClusterNames.of(new Owner("prod", "web", "b"), SPEC);
        ClusterNames other = ClusterNames.of(new Owner("staging", "shop", "a"), SPEC);

        assertThat(one.subnetGroup(List.of("s-1", "s-2"))).isEqualTo(two.subnetGroup(List.of("s-2", "s-1")));
        assertThat(one.subnetGroup(List.of("s-1"))).isNotEqualTo(other.subnetGroup(List.of("s-1")));
        assertThat(one.subnetGroup(List.of("s-1"))).isNotEqualTo(one.subnetGroup(List.of("s-1", "s-2")));
    }

    @Example
    void namesTheFinalSnapshotAfterOneDeletion() {
        ClusterNames names = ClusterNames.of(new Owner("prod", "shop", "sessions"), SPEC);

        assertThat(names.finalSnapshot("uid-1/8:00")).isNotEqualTo(names.finalSnapshot("uid-2/9:00"));
    }

    private static String id(Owner owner) {
        return ClusterNames.of(owner, SPEC).cacheId();
    }
}
