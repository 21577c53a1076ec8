package io.cacheoperator.probe;

/**
 * Says what was seen only when it was seen twice in a row, so that one lost packet changes no status. That a cache answers
 * is believed at once where nothing was known: it cannot be a mistake. That another node fails, or in another way, than what
 * is said already changes little, and is said when it lasts: else every round of a shaky network could be a write.
 *
 * @param said what holds
 * @param seen the last result
 * @param times how often in a row, if it differs from what holds
 */
record Debounce(Reachability said, Reachability seen, int times) {

    static final int ENOUGH = 2;
    static final int ENOUGH_OF_THE_SAME_KIND = 5;

    static Debounce start() {
        return new Debounce(new Reachability.NotKnown(), new Reachability.NotKnown(), 0);
    }

    Debounce next(Reachability now) {
        if (now.equals(said)) {
            return new Debounce(said, now, 0);
        }
        int row = now.equals(seen) ? times + 1 : 1;
        boolean proof = said instanceof Reachability.NotKnown && now instanceof Reachability.Reachable;
        boolean alike = said instanceof Reachability.Unreachable && now instanceof Reachability.Unreachable;
        int enough = alike ? ENOUGH_OF_THE_SAME_KIND : ENOUGH;
        return row >= enough || proof ? new Debounce(now, now, 0) : new Debounce(said, now, row);
    }

    /** Whether the next result decides about a change. */
    boolean undecided() {
        return times > 0;
    }
}
