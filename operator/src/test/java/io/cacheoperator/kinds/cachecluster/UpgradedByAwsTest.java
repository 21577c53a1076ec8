package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Problem;
import io.cacheoperator.core.Step;
import org.junit.jupiter.api.Test;

/** AWS upgrades minor versions by itself: only who writes a lower version than before asks for a downgrade. */
class UpgradedByAwsTest {

    private static final String SPEC = "engine: valkey\nengineVersion: \"8.0\"\n";

    /** Made with 8.0, and 8.1 by now. */
    private static RunningCache upgraded() {
        return upgraded(SPEC, "8.1.4");
    }

    private static RunningCache upgraded(String spec, String version) {
        return new RunningCache(spec).members(m -> States.withVersion(m, version));
    }

    @Test
    void isNoDriftAndNoChange() {
        RunningCache cache = upgraded();

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.drift()).isEmpty();
        assertThat(cache.plan().steps()).isEmpty();
        assertThat(cache.looked()
                        .cr
                        .getStatus()
                        .condition("Synced")
                        .orElseThrow()
                        .status())
                .isEqualTo(Condition.Status.TRUE);
    }

    @Test
    void standsInTheWayOfNoOtherEdit() {
        RunningCache cache = upgraded().looked();
        cache.edit(SPEC + "description: new\n");

        assertThat(cache.plan().problems()).isEmpty();
        cache.operator.run(cache.cr);
        assertThat(cache.operator.doneNames()).containsExactly("ModifyGroup");
        assertThat(cache.plan().steps()).isEmpty();
    }

    @Test
    void standsInTheWayOfNoEditThatTakesLong() {
        RunningCache cache = upgraded().looked();
        cache.edit(SPEC + "replicasPerShard: 2\n").looked().looked();

        assertThat(cache.plan().problems()).isEmpty();
        assertThat(cache.onlyRefused().message()).contains("replicasPerShard");
    }

    @Test
    void isNotWhatAWrittenDowngradeIs() {
        RunningCache cache = new RunningCache("engine: valkey\nengineVersion: \"8.1\"\n").looked();
        cache.edit(SPEC);

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.plan().problems()).extracting(Problem::reason).containsExactly(ClusterReason.ForbiddenChange);
    }

    @Test
    void isNotWhatALowerVersionIsThatIsWrittenForTheFirstTime() {
        RunningCache cache = new RunningCache("engine: valkey\n").looked();
        cache.edit(SPEC);

        assertThat(cache.plan().problems()).extracting(Problem::reason).containsExactly(ClusterReason.ForbiddenChange);
    }

    @Test
    void letsAnEditBeTakenBack() {
        RunningCache cache = upgraded().looked();
        cache.edit(SPEC.replace("8.0", "8.2")).looked();
        assertThat(cache.onlyRefused().message()).contains("8.1.4").contains("8.2");

        cache.edit(SPEC);

        assertThat(cache.plan().problems()).isEmpty();
        assertThat(cache.plan().steps()).isEmpty();
    }

    @Test
    void doesNotStopAResourceThatIsMadeAgainForItsCache() {
        RunningCache cache = upgraded();
        cache.cr = Clusters.of(SPEC);

        assertThat(cache.forgetful().actions()).isEmpty();
        assertThat(cache.plan().problems()).isEmpty();
        cache.looked().edit(SPEC + "description: new\n");
        assertThat(cache.plan().problems()).isEmpty();
    }

    @Test
    void isKnownAlsoForMemcached() {
        String spec = "engine: memcached\nengineVersion: 1.6.6\n";
        RunningCache cache = upgraded(spec, "1.6.22").looked();
        cache.edit(spec + "maintenance: {window: \"mon:01:30-mon:02:30\"}\n");

        assertThat(cache.plan().problems()).isEmpty();
    }

    /** AWS does that to nobody: a person did, and the spec must follow. */
    @Test
    void isNoMajorUpgradeWhichIsDriftThatNobodyCanUndo() {
        RunningCache cache =
                upgraded("engine: valkey\nengineVersion: \"7.2\"\n", "8.1.0").looked();

        assertThat(cache.drift()).containsExactly("spec.engineVersion 7.2 8.1.0");
        assertThat(cache.onlyRefused()).satisfies(step -> {
            assertThat(step.state()).isEqualTo(Step.State.Refused);
            assertThat(step.message()).contains("write into the spec what AWS has");
        });
        assertThat(cache.plan().problems()).isEmpty();
        assertThat(cache.cr.getStatus().condition("Ready").orElseThrow().status())
                .isEqualTo(Condition.Status.TRUE);
    }
}
