package io.cacheoperator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheoperator.kinds.cachecluster.DeletionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {

    @TempDir
    private Path folder;

    private OperatorConfig read(String yaml, String... environment) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), yaml);
        Map<String, String> variables = new HashMap<>(Map.of(ConfigReader.FILE, file.toString()));
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        return new ConfigReader(variables).read();
    }

    @Test
    void needsNoFile() {
        OperatorConfig config = new ConfigReader(Map.of("AWS_REGION", "eu-west-1")).read();
        assertThat(config.region()).contains("eu-west-1");
        assertThat(config.leaderElection().enabled()).isFalse();
        assertThat(config.poll().interval()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void readsEverySetting() throws IOException {
        OperatorConfig config = read("""
                clusterName: prod
                region: eu-central-1
                watchNamespaces: [a, b]
                defaults:
                  subnetIds: [subnet-1]
                  subnetSelector: {vpcId: vpc-1, tags: {tier: private}}
                  allowFrom: [{cidr: 10.0.0.0/8, description: all}]
                  tags: {team: shop}
                  kmsKeyId: key
                  deletionPolicy: Retain
                allow:
                  - {namespaces: [a], takeOver: ["old/*"]}
                leaderElection: {enabled: true, leaseName: l, leaseNamespace: n}
                poll: {interval: 30s}
                probe: {enabled: false, interval: 2m}
                http: {port: 9090}
                logging: {format: json, level: debug}
                reconcileThreads: 5
                """);
        assertThat(config.clusterName()).contains("prod");
        assertThat(config.region()).contains("eu-central-1");
        assertThat(config.watchNamespaces()).containsExactly("a", "b");
        assertThat(config.defaults().toModel().deletionPolicy()).contains(DeletionPolicy.RETAIN);
        assertThat(config.defaults().toModel().subnetSelector())
                .hasValueSatisfying(s -> assertThat(s.tags()).containsEntry("tier", "private"));
        assertThat(config.allowList().permitsTakeOver("a", "old/x/y")).isTrue();
        assertThat(config.leaderElection().leaseNamespace()).contains("n");
        assertThat(config.poll().interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.probe()).isEqualTo(new OperatorConfig.Probe(false, Duration.ofMinutes(2), Optional.empty()));
        assertThat(config.http().port()).isEqualTo(9090);
        assertThat(config.logging().format()).isEqualTo(OperatorConfig.Logging.Format.JSON);
        assertThat(config.reconcileThreads()).isEqualTo(5);
    }

    @Test
    void environmentOverridesTheFile() throws IOException {
        OperatorConfig config = read(
                "{clusterName: file, region: file, http: {port: 1}}",
                "CACHE_OPERATOR_CLUSTER_NAME",
                "env",
                "CACHE_OPERATOR_HTTP_PORT",
                "2",
                "CACHE_OPERATOR_WATCH_NAMESPACES",
                "x, y",
                "AWS_REGION",
                "other");
        assertThat(config.clusterName()).contains("env");
        assertThat(config.region()).as("the file's region is for this operator").contains("file");
        assertThat(config.http().port()).isEqualTo(2);
        assertThat(config.watchNamespaces()).containsExactly("x", "y");
    }

    @Test
    void anEmptyFileIsAllDefaults() throws IOException {
        assertThat(read("")).isEqualTo(OperatorConfig.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "regoin: x | there is no setting regoin",
                "defaults: {subnets: [a]} | there is no setting defaults.subnets",
                "allow: [{namespace: a}] | there is no setting allow[0].namespace",
                "allow: [{namespaces: [a], ids: [x]}] | there is no setting allow[0].ids; known here are namespaces, takeOver",
                "allow: [{namespaces: [a], snapshots: [x]}] | there is no setting allow[0].snapshots",
                "allow: [{namespaces: [a], buckets: [x]}] | there is no setting allow[0].buckets",
                "allow: [{namespaces: [a]}] | allow[0].takeOver is empty",
                "allow: [{takeOver: [x]}] | allow[0].namespaces is empty",
                "poll: {interval: 1 minute} | poll.interval is \"1 minute\"; write a number and",
                "http: {port: 70000} | http.port is 70000; it must be from 0 to 65535",
                "reconcileThreads: 0 | reconcileThreads is 0; it must be from 1 to 1000",
                "logging: {level: loud} | logging.level is \"loud\"; write trace, debug, info, warn or error",
                "logging: {format: xml} | setting logging.format cannot be read",
                "reconcileThreads: many | setting reconcileThreads cannot be read",
                "region: \"open | is not YAML",
            })
    void refusesWhatItDoesNotKnowWithASentenceThatNamesIt(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(ConfigException.class).hasMessageContaining(message);
    }

    @Test
    void refusesAFileThatIsNotThere() {
        ConfigReader reader = new ConfigReader(Map.of(ConfigReader.FILE, "/nowhere/config.yaml"));
        assertThatThrownBy(reader::read)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("/nowhere/config.yaml");
    }
}
