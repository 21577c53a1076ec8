package io.cacheoperator.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.cacheoperator.apiserver.RequiresApiServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code make local} starts, as a process of its own. */
@RequiresApiServer
class LocalIT {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration READY = Duration.ofMinutes(4);
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void bringsEveryExampleToReadyAndConnectsWithItsSecret() throws Exception {
        try (LocalProgram local = LocalProgram.start(folder, "--exit-when-ready")) {
            await().atMost(START)
                    .until(() -> Files.exists(kubeconfig()) || !local.process().isAlive());
            assertThat(kubeconfig()).as(local.output()).exists();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kubeconfig())))
                    .isEqualTo("rw-------");
            await().atMost(READY).until(() -> !local.process().isAlive());
            local.awaitOutput();

            assertThat(local.process().exitValue()).as(local.output()).isZero();
            for (String example : examples()) {
                assertThat(local.lines()).anyMatch(line -> line.matches(example + " .* yes +127\\.0\\.0\\.1:\\d+"));
            }
            assertThat(local.lines().stream().filter(line -> line.matches("Secret .* connects to .*")))
                    .hasSize(examples().size());
            assertNoProcessUses(folder);
            assertNoFileIsLeft();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void leavesNothingBehindWhenItIsStoppedHalfWay(String signal) throws Exception {
        assumeFalse(signal.equals("INT") && interruptsAreIgnored(), "this JVM's children do not see SIGINT");
        try (LocalProgram local = LocalProgram.start(folder)) {
            List<ProcessHandle> processes = halfWay(local);

            local.signal(signal);

            assertThat(local.process().waitFor(SOON.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(processes).noneMatch(ProcessHandle::isAlive);
            assertNoPortIsLeft(local);
            assertNoProcessUses(folder);
            assertNoFileIsLeft();
            assertThat(local.lines()).noneMatch(line -> line.contains("Exception"));
        }
    }

    @Test
    void leavesNothingBehindWhenItIsKilledWhileCachesAreMade() throws Exception {
        try (LocalProgram local = LocalProgram.start(folder)) {
            halfWay(local);
            await().atMost(READY).untilAsserted(() -> assertThat(local.output()).contains("Creating"));
            List<ProcessHandle> processes = local.processes();

            local.signal("KILL");

            await().atMost(SOON).untilAsserted(() -> assertThat(processes).noneMatch(ProcessHandle::isAlive));
            assertNoPortIsLeft(local);
            assertNoProcessUses(folder);
            await().atMost(SOON).untilAsserted(this::assertNoFileIsLeft);
        }
    }

    @Test
    void endsWhenWhoStartedItIsKilled() throws Exception {
        try (LocalProgram shell = LocalProgram.startInShell(folder)) {
            List<ProcessHandle> processes = halfWay(shell);

            shell.signal("KILL");

            await().atMost(SOON).untilAsserted(() -> assertThat(processes).noneMatch(ProcessHandle::isAlive));
            assertNoPortIsLeft(shell);
            assertNoProcessUses(folder);
            await().atMost(SOON).untilAsserted(this::assertNoFileIsLeft);
        }
    }

    @Test
    void saysInOneSentenceThatItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LocalProgram local = LocalProgram.start(folder, "--port=" + taken.getLocalPort())) {
            assertThat(local.process().waitFor(SOON.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            local.awaitOutput();

            assertThat(local.process().exitValue()).isEqualTo(1);
            assertThat(local.lines().stream().filter(line -> !line.isEmpty()))
                    .singleElement()
                    .asString()
                    .startsWith("Port " + taken.getLocalPort() + " of 127.0.0.1 is taken");
            assertNoFileIsLeft();
        }
    }

    /** Waits until servers run and examples are about to be applied. */
    private List<ProcessHandle> halfWay(LocalProgram local) {
        await().atMost(START).untilAsserted(() -> assertThat(local.output()).contains("kube-apiserver at"));
        List<ProcessHandle> processes = local.processes();
        assertThat(processes).anyMatch(p -> runs(p, "/kube-apiserver")).anyMatch(p -> runs(p, "/etcd"));
        return processes;
    }

    private static boolean runs(ProcessHandle process, String program) {
        return process.info()
                .command()
                .filter(command -> command.endsWith(program))
                .isPresent();
    }

    private static void assertNoPortIsLeft(LocalProgram local) {
        for (String server : List.of("Simulated AWS at", "kube-apiserver at")) {
            int port = local.portAt(server).orElseThrow();
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .as(server)
                    .isInstanceOf(ConnectException.class);
        }
    }

    private static void assertNoProcessUses(Path folder) {
        await().atMost(SOON)
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(process -> process.info()
                                .commandLine()
                                .filter(line -> line.contains(folder.toString()))
                                .isPresent()));
    }

    private void assertNoFileIsLeft() throws IOException {
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(path -> !Files.isDirectory(path))).isEmpty();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("target"));
        }
    }

    private Path kubeconfig() {
        return folder.resolve("target/kubeconfig");
    }

    private static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(LocalProgram.root().resolve("examples"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .toList();
        }
    }

    /** A shell without job control starts its background commands so. */
    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }
}
