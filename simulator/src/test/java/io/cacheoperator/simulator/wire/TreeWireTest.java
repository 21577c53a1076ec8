package io.cacheoperator.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.OperationBinding;
import io.cacheoperator.simulator.service.ServiceDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;

class TreeWireTest {
    private static final ServiceDescription TAGGING =
            ServiceDescription.target("tagging", "2017-01-26", "ResourceGroupsTaggingAPI_20170126", "tag");
    private static final ServiceDescription CLOUDWATCH =
            ServiceDescription.target("monitoring", "2010-08-01", "GraniteServiceVersion20100801", "cloudwatch");
    private static final OperationBinding<GetResourcesRequest, GetResourcesResponse> GET = OperationBinding.of(
            "GetResources",
            GetResourcesRequest::builder,
            (request, call) -> GetResourcesResponse.builder().build());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    private static Incoming json(String body) {
        return Protocols.detect(new WireRequest(
                "POST",
                "/",
                "",
                Map.of(
                        "x-amz-target", "ResourceGroupsTaggingAPI_20170126.GetResources",
                        "content-type", "application/x-amz-json-1.1"),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Incoming cbor(String operation, byte[] body) {
        return Protocols.detect(new WireRequest(
                "POST",
                "/prefix/service/GraniteServiceVersion20100801/operation/" + operation,
                "",
                Map.of("Smithy-Protocol", "rpc-v2-cbor"),
                body));
    }

    @Test
    void readsJson() {
        Incoming incoming = json("{\"TagFilters\":[{\"Key\":\"k\",\"Values\":[\"v\"]}],\"ResourcesPerPage\":7}");
        GetResourcesRequest request = incoming.read(GET, TAGGING);
        assertThat(incoming.operation()).isEqualTo("GetResources");
        assertThat(incoming.isFor(TAGGING, "")).isTrue();
        assertThat(request.resourcesPerPage()).isEqualTo(7);
        assertThat(request.tagFilters().getFirst().values()).containsExactly("v");
    }

    @Test
    void refusesUnknownMembersAndWrongTypes() {
        for (String body :
                List.of("{\"Nonsense\":1}", "{\"ResourcesPerPage\":\"7\"}", "{\"TagFilters\":{}}", "[", "[]")) {
            AwsError error =
                    catchThrowableOfType(AwsError.class, () -> json(body).read(GET, TAGGING));
            assertThat(error.code()).as(body).isEqualTo("SerializationException");
        }
    }

    @Test
    void writesJsonWithEpochSeconds() {
        assertThat(json("{}").result(TAGGING, alarms(), "id-1").text())
                .isEqualTo("{\"MetricAlarms\":[{\"AlarmName\":\"a\",\"StateUpdatedTimestamp\":1767323045.678}]}");
    }

    @Test
    void writesJsonErrors() throws IOException {
        WireResponse response = json("{}").error(TAGGING, AwsError.badRequest("ThrottledException", "slow"), "id-1");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.headers()).containsEntry("Content-Type", "application/x-amz-json-1.1");
        assertThat(JSON.readTree(response.body()).toString())
                .isEqualTo("{\"__type\":\"ThrottledException\",\"message\":\"slow\"}");
    }

    @Test
    void readsCborByItsPath() throws IOException {
        OperationBinding<GetMetricStatisticsRequest, GetMetricStatisticsResponse> binding = OperationBinding.of(
                "GetMetricStatistics",
                GetMetricStatisticsRequest::builder,
                (request, call) -> GetMetricStatisticsResponse.builder().build());
        byte[] body = CBOR.writeValueAsBytes(Map.of("StartTime", 1767323045.678, "Period", 60));
        Incoming incoming = cbor("GetMetricStatistics", body);
        assertThat(incoming.isFor(CLOUDWATCH, "")).isTrue();
        assertThat(incoming.read(binding, CLOUDWATCH).startTime().toEpochMilli())
                .isEqualTo(TIME.toEpochMilli());
        assertThat(incoming.read(binding, CLOUDWATCH).period()).isEqualTo(60);
    }

    @Test
    void writesCborTimestampsWithTagOne() throws IOException {
        WireResponse response = cbor("DescribeAlarms", new byte[0]).result(CLOUDWATCH, alarms(), "id-1");
        assertThat(response.headers()).containsEntry("smithy-protocol", "rpc-v2-cbor");
        try (CBORParser parser = new CBORFactory().createParser(response.body())) {
            while (!"StateUpdatedTimestamp".equals(parser.currentName())
                    || parser.currentToken() == JsonToken.FIELD_NAME) {
                assertThat(parser.nextToken()).isNotNull();
            }
            assertThat(parser.getCurrentTag()).isEqualTo(1);
            assertThat(parser.getDoubleValue()).isEqualTo(1767323045.678);
        }
    }

    @Test
    void writesCborErrorsWithTheirQueryCode() throws IOException {
        WireResponse response =
                cbor("X", new byte[0]).error(CLOUDWATCH, AwsError.notFound("ResourceNotFound", "gone"), "id-1");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers()).containsEntry("x-amzn-query-error", "ResourceNotFound;Sender");
        assertThat(CBOR.readTree(response.body()).get("__type").asText()).isEqualTo("ResourceNotFound");
    }

    private static DescribeAlarmsResponse alarms() {
        return DescribeAlarmsResponse.builder()
                .metricAlarms(MetricAlarm.builder()
                        .alarmName("a")
                        .stateUpdatedTimestamp(TIME)
                        .build())
                .build();
    }
}
