package io.cacheoperator.simulator.service;

import java.util.List;

/**
 * How a service is addressed on the wire and how it words the errors that come before any operation.
 *
 * @param id             the SigV4 signing name, such as {@code elasticache}
 * @param apiVersion     the {@code Version} of the query protocol
 * @param targetPrefixes what stands before the dot in {@code X-Amz-Target} and in the path of RPC v2 CBOR; empty if it speaks query only
 * @param query          which form of the query protocol it speaks
 * @param iamPrefix      what stands before the colon in IAM actions; mostly the signing name
 * @param xmlNamespace   the namespace of its XML answers, empty if it speaks none
 * @param newer          what clients with newer models than the SDK's may send
 */
public record ServiceDescription(
        String id,
        String apiVersion,
        List<String> targetPrefixes,
        QueryForm query,
        String iamPrefix,
        String xmlNamespace,
        List<NewerParameter> newer) {
    public ServiceDescription {
        targetPrefixes = List.copyOf(targetPrefixes);
        newer = List.copyOf(newer);
    }

    /** A service whose clients send nothing that the SDK does not know. */
    public ServiceDescription(
            String id,
            String apiVersion,
            List<String> targetPrefixes,
            QueryForm query,
            String iamPrefix,
            String xmlNamespace) {
        this(id, apiVersion, targetPrefixes, query, iamPrefix, xmlNamespace, List.of());
    }

    /** The same service, with parameters that the SDK does not know. */
    public ServiceDescription with(List<NewerParameter> parameters) {
        return new ServiceDescription(id, apiVersion, targetPrefixes, query, iamPrefix, xmlNamespace, parameters);
    }

    /** The query protocols of AWS differ in lists, envelopes and errors. */
    public enum QueryForm {
        /** The service does not speak query. */
        NONE,
        /** AWS Query: {@code List.member.1}, result wrapper, {@code ErrorResponse}. */
        AWS,
        /** EC2 Query: {@code List.1}, no wrapper, {@code Response/Errors}. */
        EC2
    }

    /** A service of the AWS Query protocol. */
    public static ServiceDescription query(String id, String apiVersion, String xmlNamespace) {
        return new ServiceDescription(id, apiVersion, List.of(), QueryForm.AWS, id, xmlNamespace);
    }

    /** A service of the EC2 Query protocol. */
    public static ServiceDescription ec2Query(String id, String apiVersion, String xmlNamespace) {
        return new ServiceDescription(id, apiVersion, List.of(), QueryForm.EC2, id, xmlNamespace);
    }

    /** A service of the AWS JSON protocols or RPC v2 CBOR. */
    public static ServiceDescription target(String id, String apiVersion, String targetPrefix, String iamPrefix) {
        return new ServiceDescription(id, apiVersion, List.of(targetPrefix), QueryForm.NONE, iamPrefix, "");
    }
}
