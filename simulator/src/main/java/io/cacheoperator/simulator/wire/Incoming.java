package io.cacheoperator.simulator.wire;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.OperationBinding;
import io.cacheoperator.simulator.service.ServiceDescription;
import software.amazon.awssdk.core.SdkPojo;

/** A request whose protocol is known, before its service is. It knows how it is read, and how it is answered. */
public sealed interface Incoming permits QueryIncoming, JsonIncoming, CborIncoming {
    /** The name of the operation that is asked for; empty if the request names none. */
    String operation();

    /**
     * Whether this request is for a service.
     *
     * @param signingName the service that the request was signed for, empty if it was not signed
     */
    boolean isFor(ServiceDescription service, String signingName);

    /**
     * Reads the members of the request.
     *
     * @throws AwsError in AWS's words, if a member is unknown or unreadable
     */
    <I extends SdkPojo> I read(OperationBinding<I, ?> binding, ServiceDescription service);

    /** The answer of an operation that went well. */
    WireResponse result(ServiceDescription service, SdkPojo response, String requestId);

    /** The answer of an operation that was refused. */
    WireResponse error(ServiceDescription service, AwsError error, String requestId);

    /** The error for an operation that the service does not have. */
    AwsError unknownOperation(ServiceDescription service);

    /** The error for being asked for too much: throttling has its own name in each protocol. */
    AwsError throttled(ServiceDescription service);

    /** The error for a call that no policy allows. */
    AwsError accessDenied(ServiceDescription service, String message);
}
