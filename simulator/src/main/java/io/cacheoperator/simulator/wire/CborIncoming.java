package io.cacheoperator.simulator.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.OperationBinding;
import io.cacheoperator.simulator.service.ServiceDescription;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/** A request of Smithy RPC v2 CBOR: {@code POST /service/<target prefix>/operation/<operation>}. */
record CborIncoming(String target, String operation, byte[] body) implements Incoming {
    /** The header that marks the protocol, and its value. */
    static final String PROTOCOL_HEADER = "smithy-protocol";

    static final String PROTOCOL = "rpc-v2-cbor";
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());
    private static final int NOT_FOUND = 404;

    @Override
    public boolean isFor(ServiceDescription service, String signingName) {
        return service.targetPrefixes().contains(target);
    }

    @Override
    public <I extends SdkPojo> I read(OperationBinding<I, ?> binding, ServiceDescription service) {
        var builder = binding.newRequest().get();
        try {
            TreeReader.fill((SdkPojo) builder, body.length == 0 ? CBOR.createObjectNode() : CBOR.readTree(body));
        } catch (IOException notCbor) {
            throw TreeReader.serialization("The request is not CBOR.");
        }
        return builder.build();
    }

    @Override
    public WireResponse result(ServiceDescription service, SdkPojo response, String requestId) {
        return new WireResponse(
                200, headers(requestId), JsonIncoming.write(CBOR, out -> TreeWriter.struct(out, response)));
    }

    @Override
    public WireResponse error(ServiceDescription service, AwsError error, String requestId) {
        Map<String, String> headers = new HashMap<>(headers(requestId));
        headers.put("x-amzn-query-error", error.code() + ";" + (error.senderFault() ? "Sender" : "Receiver"));
        return new WireResponse(error.httpStatus(), headers, JsonIncoming.write(CBOR, out -> {
            out.writeStartObject();
            out.writeStringField("__type", error.code());
            out.writeStringField("message", error.message());
            out.writeEndObject();
        }));
    }

    @Override
    public AwsError unknownOperation(ServiceDescription service) {
        return AwsError.of("UnknownOperationException", NOT_FOUND, "Unknown operation " + operation);
    }

    @Override
    public AwsError throttled(ServiceDescription service) {
        return AwsError.badRequest("ThrottlingException", "Rate exceeded");
    }

    @Override
    public AwsError accessDenied(ServiceDescription service, String message) {
        return AwsError.badRequest("AccessDeniedException", message);
    }

    private static Map<String, String> headers(String requestId) {
        return Map.of("Content-Type", "application/cbor", PROTOCOL_HEADER, PROTOCOL, "x-amzn-RequestId", requestId);
    }
}
