package io.cacheoperator.observe;

import io.cacheoperator.core.BulkRead;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/**
 * Reads whole families at their own slow, jittered pace: each at once where it was never read and somebody waits for it, and
 * none that nobody waits for, for what is not used need not be allowed.
 */
final class BulkLane {

    private final Catalogue catalogue;
    private final Interests interests;
    private final BulkDesk desk;
    private final PollCadence cadence;
    private final DoubleSupplier random;
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final Map<BulkDesk.Key, Duration> periods = new ConcurrentHashMap<>();

    BulkLane(Catalogue catalogue, Interests interests, BulkDesk desk, PollCadence cadence, DoubleSupplier random) {
        this.catalogue = catalogue;
        this.interests = interests;
        this.desk = desk;
        this.cadence = cadence;
        this.random = random;
    }

    /** Reads all of this region once, before anybody waits for it. */
    void use(String region) {
        used.add(region);
    }

    void tick(Instant now) {
        used.forEach(region -> tick(region, now));
        interests.regions().stream().filter(region -> !used.contains(region)).forEach(region -> tick(region, now));
    }

    private void tick(String region, Instant now) {
        for (BulkRead read : catalogue.bulkReads()) {
            BulkDesk.Key key = new BulkDesk.Key(region, read);
            if (wanted(key) && due(key, now) && !desk.underWay(key)) {
                periods.put(key, cadence.nextBulk(read.everyPeriods(), random.getAsDouble()));
                var unused = desk.readAnew(key);
            }
        }
    }

    boolean wanted(BulkDesk.Key key) {
        return used.contains(key.region()) && !desk.attempted(key) || interests.anyAnsweredBy(key.region(), key.read());
    }

    private boolean due(BulkDesk.Key key, Instant now) {
        if (desk.holding(key).isPresent()) {
            return false;
        }
        Optional<Snapshot> last = desk.last(key);
        return last.isEmpty()
                || desk.failed(key)
                || !now.isBefore(last.get().startedAt().plus(periods.getOrDefault(key, cadence.bulk())));
    }

    /** Whether the first read of every region in use has ended, and any of it had an answer. */
    boolean ready() {
        return used.stream()
                .allMatch(region -> catalogue.bulkReads().stream()
                                .map(read -> new BulkDesk.Key(region, read))
                                .allMatch(desk::attempted)
                        && catalogue.bulkReads().stream()
                                .anyMatch(read -> desk.last(new BulkDesk.Key(region, read))
                                        .isPresent()));
    }
}
