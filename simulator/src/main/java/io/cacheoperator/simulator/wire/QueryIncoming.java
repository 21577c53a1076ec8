package io.cacheoperator.simulator.wire;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.NewerParameter;
import io.cacheoperator.simulator.service.OperationBinding;
import io.cacheoperator.simulator.service.ServiceDescription;
import io.cacheoperator.simulator.service.ServiceDescription.QueryForm;
import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/** A request of the AWS Query or the EC2 Query protocol; the service decides which of the two. */
record QueryIncoming(Param params) implements Incoming {
    private static final Set<String> ENVELOPE = Set.of("Action", "Version");
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    @Override
    public String operation() {
        return params.text("Action").orElse("");
    }

    @Override
    public boolean isFor(ServiceDescription service, String signingName) {
        if (service.query() == QueryForm.NONE) {
            return false;
        }
        return signingName.isEmpty()
                ? service.apiVersion().equals(params.text("Version").orElse(""))
                : service.id().equals(signingName);
    }

    @Override
    public <I extends SdkPojo> I read(OperationBinding<I, ?> binding, ServiceDescription service) {
        String version = params.text("Version").orElse(service.apiVersion());
        if (!version.equals(service.apiVersion())) {
            throw wrongVersion(service, version);
        }
        var builder = binding.newRequest().get();
        Set<String> besides = new HashSet<>(ENVELOPE);
        service.newer().stream()
                .filter(parameter -> parameter.operation().equals(binding.name()))
                .forEach(parameter -> besides.add(known(parameter)));
        new FormReader(service.query()).fill((SdkPojo) builder, params, besides);
        return builder.build();
    }

    private String known(NewerParameter parameter) {
        params.text(parameter.name())
                .filter(value -> !parameter.harmless().contains(value))
                .ifPresent(value -> {
                    throw parameter.otherwise();
                });
        return parameter.name();
    }

    @Override
    public WireResponse result(ServiceDescription service, SdkPojo response, String requestId) {
        String envelope = operation() + "Response";
        XmlWriter xml = new XmlWriter().open(envelope, service.xmlNamespace());
        boolean empty = response.sdkFields().isEmpty();
        if (service.query() == QueryForm.EC2) {
            xml.text("requestId", requestId);
            if (empty) {
                xml.text("return", "true");
            } else {
                xml.members(response);
            }
        } else {
            if (!empty) {
                String result = operation() + "Result";
                xml.open(result).members(response).close(result);
            }
            xml.open("ResponseMetadata").text("RequestId", requestId).close("ResponseMetadata");
        }
        return WireResponse.xml(200, requestId, xml.close(envelope).toString());
    }

    @Override
    public WireResponse error(ServiceDescription service, AwsError error, String requestId) {
        XmlWriter xml = new XmlWriter();
        if (service.query() == QueryForm.EC2) {
            xml.open("Response").open("Errors").open("Error");
            xml.text("Code", error.code()).text("Message", error.message());
            xml.close("Error").close("Errors").text("RequestID", requestId).close("Response");
        } else {
            xml.open("ErrorResponse", service.xmlNamespace()).open("Error");
            xml.text("Type", error.senderFault() ? "Sender" : "Receiver");
            xml.text("Code", error.code()).text("Message", error.message()).close("Error");
            xml.text("RequestId", requestId).close("ErrorResponse");
        }
        return WireResponse.xml(error.httpStatus(), requestId, xml.toString());
    }

    @Override
    public AwsError unknownOperation(ServiceDescription service) {
        if (operation().isEmpty()) {
            return AwsError.badRequest("MissingAction", "The request must contain the parameter Action");
        }
        return service.query() == QueryForm.EC2
                ? AwsError.badRequest(
                        "InvalidAction", "The action " + operation() + " is not valid for this web service.")
                : noOperation(service.apiVersion());
    }

    @Override
    public AwsError throttled(ServiceDescription service) {
        return service.query() == QueryForm.EC2
                ? AwsError.of("RequestLimitExceeded", UNAVAILABLE, "Request limit exceeded.")
                : AwsError.badRequest("Throttling", "Rate exceeded");
    }

    @Override
    public AwsError accessDenied(ServiceDescription service, String message) {
        return service.query() == QueryForm.EC2
                ? AwsError.of(
                        "UnauthorizedOperation",
                        FORBIDDEN,
                        "You are not authorized to perform this operation. " + message)
                : AwsError.of("AccessDenied", FORBIDDEN, message);
    }

    private AwsError wrongVersion(ServiceDescription service, String version) {
        return service.query() == QueryForm.EC2
                ? AwsError.badRequest(
                        "NoSuchVersion", "The requested version (" + version + ") of service AmazonEC2 does not exist")
                : noOperation(version);
    }

    private AwsError noOperation(String version) {
        return AwsError.badRequest(
                "InvalidAction", "Could not find operation " + operation() + " for version " + version);
    }
}
