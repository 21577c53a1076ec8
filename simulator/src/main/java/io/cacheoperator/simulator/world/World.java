package io.cacheoperator.simulator.world;

import io.cacheoperator.simulator.service.Call;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Everything there is: accounts, their regions, and the state of the services in them. Knows no service. */
public final class World {
    private record Place(String account, String region) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byAccount = account.compareTo(other.account);
            return byAccount != 0 ? byAccount : region.compareTo(other.region);
        }
    }

    private final SimulatorClock clock;
    private final String defaultAccount;
    private final Map<Place, RegionState> regions = new ConcurrentSkipListMap<>();

    public World(SimulatorClock clock, String defaultAccount) {
        this.clock = clock;
        this.defaultAccount = defaultAccount;
    }

    public SimulatorClock clock() {
        return clock;
    }

    /** The account of callers whose access key names none. */
    public String defaultAccount() {
        return defaultAccount;
    }

    /** The region of a call. */
    public RegionState region(Call call) {
        return region(call.account(), call.region());
    }

    /** A region of an account, made when it is first asked for. */
    public RegionState region(String account, String region) {
        return regions.computeIfAbsent(
                new Place(account, region),
                place -> new RegionState(account, region, new IdSource(account + "/" + region)));
    }

    /** A region of the default account. */
    public RegionState region(String region) {
        return region(defaultAccount, region);
    }

    /** Every region that was ever asked for. */
    public List<RegionState> regions() {
        return List.copyOf(regions.values());
    }

    /** Brings every region up to the clock. Calls do so for their own region by themselves. */
    public void settle() {
        regions().forEach(region -> region.settle(clock.instant()));
    }
}
