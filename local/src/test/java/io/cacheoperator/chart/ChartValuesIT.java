package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong value is refused before anything is installed, and the message names it. */
@RequiresHelm
class ChartValuesIT {

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("replica: 2", "additional properties 'replica' not allowed"),
                Arguments.of("replicas: two", "at '/replicas': got string, want integer"),
                Arguments.of("defaults: {deletionPolicy: Keep}", "at '/defaults/deletionPolicy': value must be one of"),
                Arguments.of(
                        "defaults: {subnetIds: [private-a]}", "at '/defaults/subnetIds/0': 'private-a' does not match"),
                Arguments.of(
                        "defaults: {allowFrom: [{cidr: 10.0.0.0/8, securityGroupId: sg-1}]}",
                        "at '/defaults/allowFrom/0': 'oneOf' failed"),
                Arguments.of(
                        "defaults: {allowFrom: [{cidr: 0.0.0.0/0}]}",
                        "defaults.allowFrom[0].cidr: 0.0.0.0/0 is the whole world"),
                Arguments.of(
                        "defaults: {subnetIds: [subnet-1], subnetSelector: {vpcId: vpc-1}}",
                        "defaults.subnetIds and defaults.subnetSelector: keep one"),
                Arguments.of("allow: [{takeOver: [x]}]", "at '/allow/0': missing property 'namespaces'"),
                Arguments.of("allow: [{namespaces: [a]}]", "at '/allow/0': missing property 'takeOver'"),
                Arguments.of(
                        "allow: [{namespaces: [a], takeOver: []}]", "at '/allow/0/takeOver': minItems: got 0, want 1"),
                Arguments.of(
                        "allow: [{namespaces: [a], takeOver: [x], ids: [y]}]",
                        "at '/allow/0': additional properties 'ids' not allowed"),
                Arguments.of(
                        "allow: [{namespaces: [a], takeOver: [x], snapshots: [y]}]",
                        "at '/allow/0': additional properties 'snapshots' not allowed"),
                Arguments.of(
                        "allow: [{namespaces: [a], takeOver: [x], buckets: [y]}]",
                        "at '/allow/0': additional properties 'buckets' not allowed"),
                Arguments.of("poll: {interval: 1d}", "at '/poll/interval': '1d' does not match"),
                Arguments.of("logging: {format: xml}", "at '/logging/format': value must be one of"),
                Arguments.of("image: {digest: latest}", "at '/image/digest': 'latest' does not match"),
                Arguments.of("watch: {namespaces: [shop]}", "watch.namespaces is set: set clusterName too"),
                Arguments.of("watch: {namespaces: [Shop]}", "at '/watch/namespaces/0': 'Shop' does not match"),
                Arguments.of(
                        "replicas: 2\nleaderElection: {enabled: false}",
                        "leaderElection.enabled is false: set replicas: 1"),
                Arguments.of(
                        "serviceAccount: {create: false}", "serviceAccount.create is false: set serviceAccount.name"),
                Arguments.of("clusterName: a/b", "at '/clusterName': 'a/b' does not match"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String values, String message, Helm helm) {
        Program run = helm.template(values);

        assertThat(run.succeeded()).isFalse();
        assertThat(run.stderr()).contains(message);
    }
}
