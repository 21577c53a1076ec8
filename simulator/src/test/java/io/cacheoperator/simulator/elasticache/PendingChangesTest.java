package io.cacheoperator.simulator.elasticache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.model.LogDeliveryConfiguration;
import software.amazon.awssdk.services.elasticache.model.LogDeliveryConfigurationRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.PendingModifiedValues;

/** What replication groups and their members show of changes that are not done yet. */
class PendingChangesTest {
    private final SimulatedElastiCache elastiCache = new SimulatedElastiCache();

    private void modify(Consumer<ModifyReplicationGroupRequest.Builder> change) {
        ModifyReplicationGroupRequest.Builder request =
                ModifyReplicationGroupRequest.builder().replicationGroupId("orders");
        change.accept(request);
        elastiCache.call(request.build());
    }

    private PendingModifiedValues pending() {
        return elastiCache.cluster("orders-001").pendingModifiedValues();
    }

    private static LogDeliveryConfigurationRequest slowLog(String logGroup) {
        return LogDeliveryConfigurationRequest.builder()
                .logType("slow-log")
                .logFormat("text")
                .destinationType("cloudwatch-logs")
                .destinationDetails(d -> d.cloudWatchLogsDetails(l -> l.logGroup(logGroup)))
                .build();
    }

    @Test
    void whatWaitsForTheWindowStaysPendingWhileSomethingElseIsChanged() {
        elastiCache.available("orders", b -> b.preferredMaintenanceWindow("fri:05:00-fri:06:00"));
        modify(b -> b.cacheNodeType("cache.m6g.large"));
        modify(b -> b.securityGroupIds("sg-2"));
        assertThat(elastiCache.group("orders").status()).isEqualTo("modifying");
        assertThat(pending().cacheNodeType()).isEqualTo("cache.m6g.large");
        elastiCache.step();
        assertThat(elastiCache.group("orders").status()).isEqualTo("available");
        assertThat(pending().cacheNodeType()).isEqualTo("cache.m6g.large");
        modify(b -> b.engineVersion("7.1"));
        assertThat(pending().cacheNodeType()).isEqualTo("cache.m6g.large");
    }

    @Test
    void askingForThePresentNodeTypeCancelsTheOneThatWaits() {
        elastiCache.available("orders", b -> b.engineVersion("7.0").preferredMaintenanceWindow("fri:05:00-fri:06:00"));
        modify(b -> b.cacheNodeType("cache.m6g.large").engineVersion("7.1"));
        modify(b -> b.cacheNodeType("cache.t4g.small"));
        assertThat(pending().cacheNodeType()).isNull();
        assertThat(pending().engineVersion()).isEqualTo("7.1.0");
        modify(b -> b.engineVersion("7.0"));
        assertThat(pending()).isEqualTo(PendingModifiedValues.builder().build());
        elastiCache.clock.advance(Duration.ofDays(8));
        assertThat(elastiCache.group("orders").cacheNodeType()).isEqualTo("cache.t4g.small");
        assertThat(elastiCache.cluster("orders-001").engineVersion()).isEqualTo("7.0.7");
    }

    @Test
    void logDeliverySaysWhatItIsDoingInTheGroupAndInItsMembers() {
        elastiCache.available("orders", b -> b.engineVersion("7.0"));
        modify(b -> b.applyImmediately(true).logDeliveryConfigurations(slowLog("one")));
        assertLogs("enabling", "one");
        elastiCache.step();
        assertLogs("active", "one");
        modify(b -> b.applyImmediately(true).logDeliveryConfigurations(slowLog("two")));
        assertLogs("modifying", "one");
        assertThat(pending().logDeliveryConfigurations())
                .singleElement()
                .satisfies(entry -> assertThat(entry.destinationDetails()
                                .cloudWatchLogsDetails()
                                .logGroup())
                        .isEqualTo("two"));
        elastiCache.step();
        assertLogs("active", "two");
        modify(b -> b.applyImmediately(true)
                .logDeliveryConfigurations(entry -> entry.logType("slow-log").enabled(false)));
        assertLogs("disabling", "two");
        elastiCache.step();
        assertThat(elastiCache.group("orders").logDeliveryConfigurations()).isEmpty();
        assertThat(elastiCache.cluster("orders-001").replicationGroupLogDeliveryEnabled())
                .isFalse();
    }

    @Test
    void aRolledBackChangeOfLogDeliveryLeavesTheOldDestinationActive() {
        elastiCache.available("orders", b -> b.engineVersion("7.0").logDeliveryConfigurations(slowLog("one")));
        elastiCache.knobs.rollBackNext("orders");
        modify(b -> b.applyImmediately(true).logDeliveryConfigurations(slowLog("two")));
        elastiCache.step();
        assertLogs("active", "one");
    }

    private void assertLogs(String status, String logGroup) {
        List<LogDeliveryConfiguration> shown = elastiCache.group("orders").logDeliveryConfigurations();
        assertThat(shown).singleElement().satisfies(entry -> {
            assertThat(entry.statusAsString()).isEqualTo(status);
            assertThat(entry.destinationDetails().cloudWatchLogsDetails().logGroup())
                    .isEqualTo(logGroup);
        });
        assertThat(elastiCache.cluster("orders-001").logDeliveryConfigurations())
                .isEqualTo(shown);
        assertThat(elastiCache.cluster("orders-001").replicationGroupLogDeliveryEnabled())
                .isTrue();
    }
}
