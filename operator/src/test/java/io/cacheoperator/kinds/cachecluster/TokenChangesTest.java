package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.AuthToken;
import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Problem;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets of tokens that change while the cache keeps its token: clients lose nothing, and nothing is rotated unasked. */
class TokenChangesTest {

    private static final String OWN = "engine: valkey\nauth: {token: {secretRef: {name: mine, key: token}}}\n";
    private static final String FIRST = "the-first-token-0123";
    private static final String SECOND = "another-token-4567";

    private final ModelWorld world = new ModelWorld();

    @BeforeEach
    void usersSecret() {
        world.token = users(FIRST, true);
    }

    private static Optional<TokenSecret> users(String value, boolean watched) {
        return Optional.of(new TokenSecret(
                "mine",
                false,
                false,
                watched,
                Optional.of(new AuthToken(value)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private RunningCache withUsersToken() {
        return new RunningCache(Clusters.of(OWN), world).looked();
    }

    private static String password(RunningCache cache) {
        return cache.world.connection.orElseThrow().data().getOrDefault("password", "");
    }

    private static Condition.Status state(RunningCache cache, String type) {
        return cache.looked()
                .cr
                .getStatus()
                .condition(type)
                .map(Condition::status)
                .orElse(Condition.Status.UNKNOWN);
    }

    @Test
    void aUsersTokenIsKnownByAHashBeforeTheCacheIsMade() {
        Convergence operator = new Convergence(world);

        operator.run(Clusters.of(OWN));

        assertThat(operator.doneNames()).containsSubsequence("KeepTokenHash", "CreateGroup", "WriteConnectionSecret");
        TokenSecret kept = world.kept.orElseThrow();
        assertThat(kept.name()).isEqualTo("sessions-cache-auth");
        assertThat(kept.current()).isEmpty();
        assertThat(kept.applied().orElseThrow().matches(new AuthToken(FIRST))).isTrue();
        assertThat(kept.applied().orElseThrow().text()).doesNotContain(FIRST);
        assertThat(kept.applied().orElseThrow()).hasToString("TokenHash[redacted]");
    }

    @Test
    void aTokenThatTheUserMendsBeforeTheCacheExistsIsTheOneThatItGets() {
        Convergence operator = new Convergence(world);
        CacheCluster cr = Clusters.of(OWN);
        while (!(operator.plan(cr).next().orElseThrow().action() instanceof ClusterAction.CreateGroup)) {
            operator.aws.apply(operator.plan(cr).next().orElseThrow().action());
        }
        world.token = users(SECOND, true);

        operator.run(cr);

        assertThat(operator.doneNames()).startsWith("KeepTokenHash", "CreateGroup");
        assertThat(operator.done.get(1))
                .isInstanceOfSatisfying(
                        ClusterAction.CreateGroup.class,
                        create -> assertThat(create.request().authToken()).contains(new AuthToken(SECOND)));
        assertThat(operator.plan(cr).problems()).isEmpty();
    }

    @Test
    void aChangedTokenIsShownAsAStepAndTheConnectionStays() {
        RunningCache cache = withUsersToken();
        world.token = users(SECOND, true);

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.onlyRefused().message()).contains("not supported by this version yet");
        assertThat(password(cache)).isEqualTo(FIRST);
        assertThat(state(cache, "Ready")).isEqualTo(Condition.Status.TRUE);
        assertThat(state(cache, "Synced")).isEqualTo(Condition.Status.FALSE);
    }

    /** Other parts of the Secret follow the cache all the same. */
    @Test
    void anythingElseOfTheConnectionIsStillPutRight() {
        RunningCache cache = withUsersToken();
        world.token = users(SECOND, true);
        cache.edit(OWN + "connectionSecret: {labels: {app: shop}}\n");

        cache.operator.run(cache.cr);

        assertThat(cache.operator.doneNames()).containsExactly("WriteConnectionSecret");
        assertThat(password(cache)).isEqualTo(FIRST);
    }

    @Test
    void aChangedTokenIsNeverWrittenIntoAConnectionThatIsMadeAnew() {
        RunningCache cache = withUsersToken();
        world.token = users(SECOND, true);
        world.connection = Optional.empty();

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.plan().problems()).extracting(Problem::reason).containsExactly(ClusterReason.TokenLost);
        world.token = users(FIRST, true);
        assertThat(cache.actions()).hasSize(1);
        assertThat(password(cache)).isEqualTo(FIRST);
    }

    @Test
    void aGeneratedTokenThatSomebodyEditsIsNotHandedToClients() {
        RunningCache cache = new RunningCache("engine: valkey\n").looked();
        String before = password(cache);
        cache.world.token = cache.world.token.map(
                secret -> ModelWorld.generated(secret.name(), Optional.of(new AuthToken(SECOND)), secret.applied()));

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.onlyRefused().message()).contains("put the old one back");
        assertThat(password(cache)).isEqualTo(before);
        assertThat(state(cache, "Ready")).isEqualTo(Condition.Status.TRUE);
    }

    @Test
    void aHashThatSomebodyRemovedIsWrittenAgain() {
        RunningCache cache = withUsersToken();
        world.kept = Optional.empty();

        cache.operator.run(cache.cr);

        assertThat(cache.operator.doneNames()).containsExactly("KeepTokenHash");
        assertThat(world.kept.orElseThrow().applied().orElseThrow().matches(new AuthToken(FIRST)))
                .isTrue();
    }

    @Test
    void withoutAHashTheConnectionTellsThatTheTokenChanged() {
        RunningCache cache = withUsersToken();
        world.kept = Optional.empty();
        world.token = users(SECOND, true);

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.onlyRefused().message()).contains("not supported by this version yet");
    }

    @Test
    void aSecretOfSomebodyElseUnderThatNameIsLeftAlone() {
        world.kept = Optional.of(
                new TokenSecret("sessions-cache-auth", false, Optional.empty(), Optional.empty(), Optional.empty()));

        RunningCache cache = withUsersToken();

        assertThat(cache.plan().steps()).isEmpty();
        assertThat(cache.plan().problems()).isEmpty();
        assertThat(password(cache)).isEqualTo(FIRST);
    }

    @Test
    void aReferenceThatIsTakenOutMakesNoTokenUp() {
        RunningCache cache = withUsersToken();
        world.token = world.kept;
        cache.edit("engine: valkey\n");

        assertThat(cache.actions()).isEmpty();
        assertThat(cache.plan().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(ClusterReason.TokenLost);
            assertThat(problem.message()).contains("spec.auth.token.secretRef");
        });
        assertThat(password(cache)).isEqualTo(FIRST);
    }

    @Test
    void aSecretWithoutOurLabelIsLookedAtAgainAndTheStatusSaysSo() {
        world.token = users(FIRST, false);
        RunningCache cache = withUsersToken();

        assertThat(cache.plan().wakeAt()).contains(ModelWorld.NOW.plus(Duration.ofMinutes(5)));
        assertThat(cache.cr.getStatus().condition("SecretWritten").orElseThrow().message())
                .contains("Secret mine")
                .contains("cacheoperator.io/secret")
                .contains("5 minutes");
    }

    @Test
    void aSecretWithOurLabelIsNotLookedAtAgain() {
        assertThat(withUsersToken().plan().wakeAt()).isEmpty();
    }
}
