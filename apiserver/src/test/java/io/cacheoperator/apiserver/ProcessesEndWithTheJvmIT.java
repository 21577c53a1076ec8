package io.cacheoperator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresApiServer
class ProcessesEndWithTheJvmIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** What runs in the JVM that the tests end: starts a server, says so, waits for its input to end. */
    static final class Child {
        private Child() {}

        static void main(String[] args) throws IOException {
            ApiServer server = ApiServer.start(ApiServer.Options.defaults());
            System.out.println("ready");
            System.in.read();
            if (args[0].equals("close")) {
                server.close();
            }
        }
    }

    @Test
    void nothingIsLeftAfterTheJvmIsKilled(@TempDir Path temp) throws IOException {
        Process jvm = startChild(temp, "exit");
        readLine(jvm, "ready");
        List<ProcessHandle> processes = jvm.descendants().toList();
        assertThat(processes).anyMatch(p -> runs(p, "/kube-apiserver")).anyMatch(p -> runs(p, "/etcd"));

        jvm.destroyForcibly();

        await().atMost(SOON).untilAsserted(() -> assertNothingLeft(processes, temp));
    }

    @Test
    void nothingIsLeftAfterTheJvmIsKilledWhileTheServerStarts(@TempDir Path temp) throws IOException {
        Process jvm = startChild(temp, "exit");
        List<ProcessHandle> processes = await().atMost(SOON)
                .until(() -> jvm.descendants().toList(), all -> all.stream().anyMatch(p -> runs(p, "/kube-apiserver")));

        jvm.destroyForcibly();

        await().atMost(SOON).untilAsserted(() -> assertNothingLeft(processes, temp));
    }

    @Test
    void nothingIsLeftAfterTheJvmExits(@TempDir Path temp) throws IOException, InterruptedException {
        Process jvm = startChild(temp, "exit");
        readLine(jvm, "ready");
        List<ProcessHandle> processes = jvm.descendants().toList();

        jvm.getOutputStream().close();

        assertThat(jvm.waitFor(10, TimeUnit.SECONDS)).isTrue();
        await().atMost(SOON).untilAsserted(() -> assertNothingLeft(processes, temp));
    }

    @Test
    void nothingIsLeftAtTheMomentWhenCloseReturns(@TempDir Path temp) throws IOException, InterruptedException {
        Process jvm = startChild(temp, "close");
        readLine(jvm, "ready");
        List<ProcessHandle> processes = jvm.descendants().toList();

        jvm.getOutputStream().close();

        assertThat(jvm.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertNothingLeft(processes, temp);
    }

    private static void assertNothingLeft(List<ProcessHandle> processes, Path temp) throws IOException {
        assertThat(processes).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("apiserver-")))
                    .isEmpty();
        }
    }

    private static boolean runs(ProcessHandle process, String program) {
        return process.info()
                .command()
                .filter(command -> command.endsWith(program))
                .isPresent();
    }

    private static Process startChild(Path temp, String mode) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temp,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        mode)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void readLine(Process jvm, String expected) throws IOException {
        BufferedReader output = jvm.inputReader();
        assertThat(output.readLine()).isEqualTo(expected);
    }
}
