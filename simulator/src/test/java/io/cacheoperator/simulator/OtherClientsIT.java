package io.cacheoperator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.simulator.OtherClient.Result;
import io.cacheoperator.simulator.world.SimulatorClock;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that share nothing with the Java SDK, which the simulator is made of: boto3 and the AWS CLI. */
class OtherClientsIT {
    private Simulator simulator;

    @BeforeEach
    void start() {
        simulator = Simulator.builder()
                .clock(SimulatorClock.manual(Instant.parse("2026-01-01T00:00:00Z")))
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Result aws(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("aws", "--output", "text"));
        command.addAll(List.of(arguments));
        return OtherClient.run(simulator, command.toArray(String[]::new));
    }

    @Test
    void boto3ReadsWhatTheSimulatorAnswers() throws Exception {
        OtherClient.needBoto3();
        Result result = OtherClient.script(simulator, "boto3_clients.py");
        assertThat(result.output()).endsWith("is content");
        assertThat(result.code()).isZero();
    }

    @Test
    void theCommandLineManagesANetwork() throws Exception {
        OtherClient.needCommandLine();
        String group = aws(
                        "ec2", "create-security-group", "--group-name", "g", "--description", "d", "--query", "GroupId")
                .output();
        assertThat(group).startsWith("sg-");
        aws(
                "ec2",
                "authorize-security-group-ingress",
                "--group-id",
                group,
                "--protocol",
                "tcp",
                "--port",
                "6379",
                "--cidr",
                "10.0.0.0/8");
        String rules = aws(
                        "ec2",
                        "describe-security-group-rules",
                        "--filters",
                        "Name=group-id,Values=" + group,
                        "--query",
                        "SecurityGroupRules[?!IsEgress].[IpProtocol,FromPort,CidrIpv4]")
                .output();
        assertThat(rules).isEqualTo("tcp\t6379\t10.0.0.0/8");
        Result refused = aws("ec2", "delete-security-group", "--group-id", "sg-1");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.output())
                .contains("(InvalidGroup.NotFound) when calling the DeleteSecurityGroup operation: The security group"
                        + " 'sg-1' does not exist");
        assertThat(aws("ec2", "delete-security-group", "--group-id", group).code())
                .isZero();
    }

    @Test
    void theCommandLineReadsEmptyListsAndIdentities() throws Exception {
        OtherClient.needCommandLine();
        assertThat(aws("elasticache", "describe-replication-groups", "--query", "ReplicationGroups")
                        .output())
                .isEmpty();
        assertThat(aws("sts", "get-caller-identity", "--query", "Account").output())
                .isEqualTo("000000000000");
        assertThat(aws("resourcegroupstaggingapi", "get-resources", "--query", "ResourceTagMappingList")
                        .code())
                .isZero();
    }
}
