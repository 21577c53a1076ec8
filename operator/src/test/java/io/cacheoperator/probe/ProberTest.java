package io.cacheoperator.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProberTest {

    private static final CacheKey CACHE = new CacheKey("shop", "sessions");
    private static final ProbeNode PRIMARY = new ProbeNode("a", NodeRole.PRIMARY, "a.example", 6379);
    private static final ProbeNode REPLICA = new ProbeNode("b", NodeRole.REPLICA, "b.example", 6379);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Nodes nodes = new Nodes();
    private final Seen seen = new Seen();
    private final List<CacheKey> woken = new CopyOnWriteArrayList<>();
    private volatile Instant now = Instant.EPOCH;
    private volatile Set<CacheKey> caches = Set.of(CACHE);
    private volatile Optional<ProbeTarget> target = Optional.of(target("secret"));

    private final Prober prober = new Prober(MINUTE, nodes, () -> now, () -> 0.5, seen);

    private final ProbeSource source = new ProbeSource() {
        @Override
        public Set<CacheKey> caches() {
            return caches;
        }

        @Override
        public Optional<ProbeTarget> target(CacheKey cache) {
            return target;
        }
    };

    ProberTest() {
        prober.onChange(woken::add);
    }

    @AfterEach
    void close() {
        prober.close();
    }

    private static ProbeTarget target(String password) {
        return new ProbeTarget(
                CACHE,
                ProbeTarget.Protocol.REDIS,
                List.of(PRIMARY, REPLICA),
                true,
                Optional.of(new Login("default", password)));
    }

    /** Nodes that answer unless told otherwise. */
    private static final class Nodes implements NodeLines {

        private final Map<String, ProbeReason> broken = new ConcurrentHashMap<>();
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private volatile List<ProbeNode> members = List.of();

        @Override
        public NodeLine open(ProbeTarget target, ProbeNode node) throws ProbeException {
            fail(node);
            opened.incrementAndGet();
            return new NodeLine() {
                @Override
                public NodeSample ask() throws ProbeException {
                    fail(node);
                    NodeRole role = node.role() == NodeRole.CONFIGURATION ? NodeRole.PRIMARY : node.role();
                    return NodeSample.of(role, Map.of());
                }

                @Override
                public List<ProbeNode> nodes() {
                    return members;
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }

        private void fail(ProbeNode node) throws ProbeException {
            ProbeReason reason = broken.get(node.id());
            if (reason != null) {
                throw new ProbeException(reason, "broken");
            }
        }
    }

    private static final class Seen implements ProbeListener {

        private final List<List<NodeResult>> rounds = new CopyOnWriteArrayList<>();
        private final AtomicInteger gone = new AtomicInteger();

        @Override
        public void probed(CacheKey cache, List<NodeResult> results) {
            rounds.add(results);
        }

        @Override
        public void gone(CacheKey cache) {
            gone.incrementAndGet();
        }
    }

    /** Lets one round come due, and waits for its end: until time moves again, no other begins. */
    private void round() {
        int before = seen.rounds.size();
        prober.tick(source);
        now = now.plus(MINUTE.multipliedBy(2));
        await().untilAsserted(() -> {
            prober.tick(source);
            assertThat(seen.rounds).hasSizeGreaterThan(before);
        });
    }

    @Test
    void asksEveryNodeAndSaysThatAllAnswer() {
        round();
        assertThat(seen.rounds.getFirst()).extracting(NodeResult::node).containsExactly(PRIMARY, REPLICA);
        await().untilAsserted(() -> assertThat(prober.of(CACHE)).isEqualTo(new Reachability.Reachable()));
    }

    @Test
    void keepsOneConnectionPerNode() {
        round();
        round();
        round();
        assertThat(nodes.opened).hasValue(2);
        assertThat(nodes.closed).hasValue(0);
    }

    @Test
    void wakesNobodyWhileNothingChanges() {
        round();
        round();
        round();
        await().untilAsserted(() -> assertThat(woken).containsExactly(CACHE));
    }

    @Test
    void saysWhichNodeDoesNotAnswerAndWhy() {
        nodes.broken.put("b", ProbeReason.ConnectTimedOut);
        round();
        round();
        await().untilAsserted(() -> assertThat(prober.of(CACHE))
                .isEqualTo(new Reachability.Unreachable(
                        ProbeReason.ConnectTimedOut, "b (b.example:6379): ConnectTimedOut, broken")));
    }

    @Test
    void connectsAnewAfterAFailure() {
        round();
        nodes.broken.put("a", ProbeReason.NoAnswer);
        round();
        nodes.broken.clear();
        round();
        assertThat(nodes.opened).hasValue(3);
        assertThat(nodes.closed).hasValueGreaterThanOrEqualTo(1);
    }

    @Test
    void connectsAnewWithANewToken() {
        round();
        target = Optional.of(target("rotated"));
        round();
        assertThat(nodes.opened).hasValueGreaterThanOrEqualTo(4);
        assertThat(nodes.closed).hasValue(2);
    }

    @Test
    void asksNothingOfWhatIsNotReady() {
        target = Optional.empty();
        prober.tick(source);
        now = now.plus(MINUTE);
        prober.tick(source);
        await().untilAsserted(() -> assertThat(seen.gone).hasValueGreaterThanOrEqualTo(1));
        assertThat(nodes.opened).hasValue(0);
        assertThat(prober.of(CACHE)).isEqualTo(new Reachability.NotKnown());
    }

    @Test
    void forgetsWhatIsGone() {
        round();
        caches = Set.of();
        await().untilAsserted(() -> {
            prober.tick(source);
            assertThat(seen.gone).hasValue(1);
        });
        assertThat(nodes.closed).hasValue(2);
        assertThat(prober.of(CACHE)).isEqualTo(new Reachability.NotKnown());
    }

    @Test
    void asksTheNodesThatTheConfigurationEndpointNames() {
        ProbeNode configuration = new ProbeNode("cfg", NodeRole.CONFIGURATION, "cfg.example", 6379);
        nodes.members = List.of(PRIMARY, REPLICA);
        target = Optional.of(
                new ProbeTarget(CACHE, ProbeTarget.Protocol.REDIS, List.of(configuration), false, Optional.empty()));
        round();
        assertThat(seen.rounds.getFirst())
                .extracting(NodeResult::node)
                .containsExactly(configuration, PRIMARY, REPLICA);
    }

    @Test
    void doesNotWaitForEveryNodeOfACacheThatIsOutOfReach() {
        List<ProbeNode> many = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            many.add(new ProbeNode("n" + i, NodeRole.NODE, "n.example", 11211 + i));
            nodes.broken.put("n" + i, ProbeReason.ConnectTimedOut);
        }
        target = Optional.of(new ProbeTarget(CACHE, ProbeTarget.Protocol.MEMCACHED, many, false, Optional.empty()));
        round();
        assertThat(seen.rounds.getFirst()).hasSize(2);
    }

    @Test
    void aLoginShowsNoPassword() {
        assertThat(target("hidden-word").toString()).doesNotContain("hidden-word");
    }
}
