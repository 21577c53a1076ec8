package io.cacheoperator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.simulator.world.SimulatorClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
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

    private record Result(int code, String output) {}

    private Result run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL", simulator.endpoint().toString(),
                        "AWS_REGION", "us-east-1",
                        "AWS_DEFAULT_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test",
                        "AWS_EC2_METADATA_DISABLED", "true",
                        "AWS_PAGER", "",
                        "AWS_MAX_ATTEMPTS", "1"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Result(process.exitValue(), output.strip());
    }

    private void assumeWorks(String what, String... command) throws InterruptedException {
        boolean works;
        try {
            works = run(command).code() == 0;
        } catch (IOException missing) {
            works = false;
        }
        if (!works) {
            System.err.println("SKIPPED: " + what + " is missing, so the simulator is not tried with it (pip install "
                    + what + ")");
        }
        Assumptions.assumeTrue(works, what + " is missing");
    }

    private Result aws(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("aws", "--output", "text"));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    @Test
    void boto3ReadsWhatTheSimulatorAnswers() throws Exception {
        assumeWorks("boto3", "python3", "-c", "import boto3");
        Path script = Path.of(
                OtherClientsIT.class.getResource("/clients/boto3_clients.py").toURI());
        Result result = run("python3", script.toString(), simulator.endpoint().toString());
        assertThat(result.output()).endsWith("is content");
        assertThat(result.code()).isZero();
    }

    @Test
    void theCommandLineManagesANetwork() throws Exception {
        assumeWorks("awscli", "aws", "--version");
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
        assumeWorks("awscli", "aws", "--version");
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
