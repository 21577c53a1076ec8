package io.cacheoperator.aws;

import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.ChangeFeed;
import io.cacheoperator.core.Fetcher;
import io.cacheoperator.core.QueryFamily;
import java.util.List;

/** Everything a poller needs to know of AWS: what can be asked one by one, what in bulk, what is told unasked. */
public record AwsReads(
        Fetcher fetcher, List<BulkRead> bulkReads, ChangeFeed changes, List<QueryFamily<?, ?>> families) {

    public AwsReads {
        bulkReads = List.copyOf(bulkReads);
        families = List.copyOf(families);
    }
}
