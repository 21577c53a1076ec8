package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.EngineVersions.EngineVersion;
import io.cacheoperator.simulator.service.AwsError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.elasticache.model.DestinationDetails;
import software.amazon.awssdk.services.elasticache.model.LogDeliveryConfiguration;
import software.amazon.awssdk.services.elasticache.model.LogDeliveryConfigurationRequest;
import software.amazon.awssdk.services.elasticache.model.PendingLogDeliveryConfiguration;

/** Log delivery: which requests are valid, and what becomes of the configurations there are. */
final class LogDeliveries {
    /** The engine versions of Redis OSS from which on a log exists; valkey has them all. */
    private static final Map<String, String> SINCE = Map.of("slow-log", "6.0", "engine-log", "6.2");

    private static final Set<String> FORMATS = Set.of("text", "json");

    private LogDeliveries() {}

    static void checkSyntax(List<LogDeliveryConfigurationRequest> requests) {
        Set<String> types = new HashSet<>();
        for (LogDeliveryConfigurationRequest request : requests) {
            String type = Identifiers.text("LogType", request.logTypeAsString());
            if (!SINCE.containsKey(type)) {
                throw AwsError.invalidParameterValue("Invalid log type: " + type);
            }
            if (!types.add(type)) {
                throw AwsError.invalidParameterCombination(
                        "Only one log delivery configuration is allowed per log type: " + type);
            }
            if (!Boolean.FALSE.equals(request.enabled())) {
                checkDestination(request);
            }
        }
    }

    private static void checkDestination(LogDeliveryConfigurationRequest request) {
        if (!FORMATS.contains(Identifiers.text("LogFormat", request.logFormatAsString()))) {
            throw AwsError.invalidParameterValue("Invalid log format: " + request.logFormatAsString());
        }
        DestinationDetails details = request.destinationDetails();
        boolean complete = switch (Identifiers.text("DestinationType", request.destinationTypeAsString())) {
            case "cloudwatch-logs" ->
                details != null
                        && details.cloudWatchLogsDetails() != null
                        && details.cloudWatchLogsDetails().logGroup() != null;
            case "kinesis-firehose" ->
                details != null
                        && details.kinesisFirehoseDetails() != null
                        && details.kinesisFirehoseDetails().deliveryStream() != null;
            default ->
                throw AwsError.invalidParameterValue("Invalid destination type: " + request.destinationTypeAsString());
        };
        if (!complete) {
            throw AwsError.invalidParameterCombination(
                    "Destination details must match destination type " + request.destinationTypeAsString());
        }
    }

    static void checkVersion(List<LogDeliveryConfigurationRequest> requests, EngineVersion version) {
        for (LogDeliveryConfigurationRequest request : requests) {
            String since = SINCE.getOrDefault(request.logTypeAsString(), "0");
            boolean available = version.engine().equals("valkey") || version.atLeast(since);
            if (!available && !Boolean.FALSE.equals(request.enabled())) {
                throw AwsError.invalidParameterValue("%s log delivery is not available for this redis engine version."
                        .formatted(request.logTypeAsString()));
            }
        }
    }

    /** What there is while requests are carried out: old destinations until the new ones are in place. */
    static List<LogDeliveryConfiguration> begun(
            List<LogDeliveryConfiguration> current, List<LogDeliveryConfigurationRequest> requests) {
        List<LogDeliveryConfiguration> begun = new ArrayList<>(current);
        for (LogDeliveryConfigurationRequest request : requests) {
            boolean enables = !Boolean.FALSE.equals(request.enabled());
            boolean present = begun.removeIf(entry -> entry.logTypeAsString().equals(request.logTypeAsString()));
            current.stream()
                    .filter(entry -> entry.logTypeAsString().equals(request.logTypeAsString()))
                    .forEach(entry -> begun.add(entry.copy(b -> b.status(enables ? "modifying" : "disabling"))));
            if (enables && !present) {
                begun.addAll(apply(List.of(), List.of(request), "enabling"));
            }
        }
        return begun;
    }

    /** What there is after requests: entries that are not mentioned stay, those switched off go. */
    static List<LogDeliveryConfiguration> apply(
            List<LogDeliveryConfiguration> current, List<LogDeliveryConfigurationRequest> requests, String status) {
        List<LogDeliveryConfiguration> changed = new ArrayList<>(current);
        for (LogDeliveryConfigurationRequest request : requests) {
            changed.removeIf(entry -> entry.logTypeAsString().equals(request.logTypeAsString()));
            if (!Boolean.FALSE.equals(request.enabled())) {
                changed.add(LogDeliveryConfiguration.builder()
                        .logType(request.logTypeAsString())
                        .destinationType(request.destinationTypeAsString())
                        .destinationDetails(request.destinationDetails())
                        .logFormat(request.logFormatAsString())
                        .status(status)
                        .build());
            }
        }
        return changed;
    }

    /** What is shown as pending meanwhile. */
    static List<PendingLogDeliveryConfiguration> pending(List<LogDeliveryConfigurationRequest> requests) {
        return requests.stream()
                .filter(request -> !Boolean.FALSE.equals(request.enabled()))
                .map(request -> PendingLogDeliveryConfiguration.builder()
                        .logType(request.logTypeAsString())
                        .destinationType(request.destinationTypeAsString())
                        .destinationDetails(request.destinationDetails())
                        .logFormat(request.logFormatAsString())
                        .build())
                .toList();
    }
}
