package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Operation;
import io.cacheoperator.simulator.service.Operations;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Collects EC2's operations; each takes {@code DryRun}, which answers whether the caller may, by an error in either case. */
final class Ec2Operations {
    private static final int PRECONDITION_FAILED = 412;
    private final Operations.Builder operations = Operations.builder();

    <I extends Ec2Request, O extends SdkPojo, B extends SdkBuilder<B, I> & SdkPojo> Ec2Operations add(
            String name, Supplier<B> newRequest, Operation<I, O> operation) {
        operations.add(name, newRequest, (I request, io.cacheoperator.simulator.service.Call call) -> {
            if (request.getValueForField("DryRun", Boolean.class).orElse(false)) {
                throw AwsError.of(
                        "DryRunOperation",
                        PRECONDITION_FAILED,
                        "Request would have succeeded, but DryRun flag is set.");
            }
            return operation.handle(request, call);
        });
        return this;
    }

    Operations build() {
        return operations.build();
    }
}
