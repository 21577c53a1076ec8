package io.cacheoperator.observe;

import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.View;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is known of every region, and who is told when it changes. */
final class Books implements View {

    private final Catalogue catalogue;
    private final InstantSource clock;
    private final Map<String, RegionBook> byRegion = new ConcurrentHashMap<>();
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

    Books(Catalogue catalogue, InstantSource clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    RegionBook of(String region) {
        return byRegion.computeIfAbsent(region, r -> new RegionBook(catalogue, clock));
    }

    RegionBook of(Query<?> query) {
        return of(query.region());
    }

    Set<String> regions() {
        return Set.copyOf(byRegion.keySet());
    }

    @Override
    public <T> Observation<T> get(Query<T> query) {
        return of(query).get(query);
    }

    void listen(ChangeListener listener) {
        listeners.add(listener);
    }

    /** Call without holding any lock. */
    void tell(Set<Query<?>> changed, Thread by) {
        if (!changed.isEmpty()) {
            listeners.forEach(listener -> listener.changed(changed, by));
        }
    }
}
