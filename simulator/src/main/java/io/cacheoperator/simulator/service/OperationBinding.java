package io.cacheoperator.simulator.service;

import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * An operation under its name: what the wire layer needs to read a request, to call the function and to know what it did.
 *
 * @param name       the AWS name, such as {@code DescribeReplicationGroups}
 * @param newRequest makes the SDK's request builder, which the wire layer fills member by member
 * @param operation  the function
 * @param access     whether the call changes anything
 */
public record OperationBinding<I extends SdkPojo, O extends SdkPojo>(
        String name, Supplier<? extends SdkBuilder<?, I>> newRequest, Operation<I, O> operation, Access access) {

    /** Whether an operation only reads or may change something. */
    public enum Access {
        READ,
        WRITE;

        /** By AWS's naming: Describe*, List*, Get* and Search* read, all else writes. */
        public static Access of(String operation) {
            return operation.matches("(Describe|List|Get|Search|BatchGet|Head)[A-Z].*") ? READ : WRITE;
        }
    }

    /** A binding whose access follows from its name. */
    public static <I extends SdkPojo, O extends SdkPojo, B extends SdkBuilder<B, I> & SdkPojo>
            OperationBinding<I, O> of(String name, Supplier<B> newRequest, Operation<I, O> operation) {
        return new OperationBinding<>(name, newRequest, operation, Access.of(name));
    }
}
