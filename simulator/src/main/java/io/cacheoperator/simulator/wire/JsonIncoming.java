package io.cacheoperator.simulator.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.OperationBinding;
import io.cacheoperator.simulator.service.ServiceDescription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A request of awsJson 1.0 or 1.1.
 *
 * @param target      the whole {@code X-Amz-Target}
 * @param contentType answered as it came, since it carries the version
 */
record JsonIncoming(String target, String contentType, byte[] body) implements Incoming {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Override
    public String operation() {
        return target.substring(target.lastIndexOf('.') + 1);
    }

    @Override
    public boolean isFor(ServiceDescription service, String signingName) {
        return service.targetPrefixes().contains(target.substring(0, Math.max(0, target.lastIndexOf('.'))));
    }

    @Override
    public <I extends SdkPojo> I read(OperationBinding<I, ?> binding, ServiceDescription service) {
        var builder = binding.newRequest().get();
        try {
            TreeReader.fill((SdkPojo) builder, body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body));
        } catch (IOException notJson) {
            throw TreeReader.serialization("The request is not JSON.");
        }
        return builder.build();
    }

    @Override
    public WireResponse result(ServiceDescription service, SdkPojo response, String requestId) {
        return respond(200, requestId, out -> TreeWriter.struct(out, response));
    }

    @Override
    public WireResponse error(ServiceDescription service, AwsError error, String requestId) {
        return respond(error.httpStatus(), requestId, out -> {
            out.writeStartObject();
            out.writeStringField("__type", error.code());
            out.writeStringField("message", error.message());
            out.writeEndObject();
        });
    }

    @Override
    public AwsError unknownOperation(ServiceDescription service) {
        return AwsError.badRequest("UnknownOperationException", "Unknown operation " + operation());
    }

    @Override
    public AwsError throttled(ServiceDescription service) {
        return AwsError.badRequest("ThrottlingException", "Rate exceeded");
    }

    @Override
    public AwsError accessDenied(ServiceDescription service, String message) {
        return AwsError.badRequest("AccessDeniedException", message);
    }

    /** Something that writes a document. */
    interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    private WireResponse respond(int status, String requestId, Body body) {
        return new WireResponse(
                status, Map.of("Content-Type", contentType, "x-amzn-RequestId", requestId), write(JSON, body));
    }

    static byte[] write(ObjectMapper mapper, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = mapper.createGenerator(bytes)) {
            body.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
