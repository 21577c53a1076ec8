package io.cacheoperator.simulator.service;

import software.amazon.awssdk.core.SdkPojo;

/**
 * One AWS operation as a function of its request. It runs under the lock of its region, after every transition that is due has
 * happened, so it sees and leaves a consistent world. It refuses by throwing {@link AwsError}, before it has changed anything.
 *
 * @param <I> the SDK's request class
 * @param <O> the SDK's response class
 */
@FunctionalInterface
public interface Operation<I extends SdkPojo, O extends SdkPojo> {
    O handle(I request, Call call);
}
