package io.cacheoperator.simulator.service;

import java.time.Instant;

/**
 * Who calls what, where and when. Account and region come from the SigV4 credential scope, as AWS routes by it too.
 *
 * @param requestId   the id answered to the client, a UUID
 * @param service     the service's signing name, such as {@code elasticache}
 * @param operation   the operation's name, such as {@code CreateReplicationGroup}
 * @param account     twelve digits, the account of the access key
 * @param region      such as {@code us-east-1}
 * @param accessKeyId the caller's access key id, empty if the request is not signed
 * @param now         the instant at which effects happen
 * @param readAt      the instant whose state reads show: {@code now}, or earlier while stale reads are switched on. Reading
 *                    operations use it with {@link io.cacheoperator.simulator.world.Table#at}; mutating operations never do
 */
public record Call(
        String requestId,
        String service,
        String operation,
        String account,
        String region,
        String accessKeyId,
        Instant now,
        Instant readAt) {
    /** The same call at the instant at which it is carried out. */
    public Call at(Instant now, Instant readAt) {
        return new Call(requestId, service, operation, account, region, accessKeyId, now, readAt);
    }
}
