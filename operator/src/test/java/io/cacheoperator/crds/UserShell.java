package io.cacheoperator.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A shell as a user has it, at the root of this repository: {@code kubectl} is on the path and talks to a namespace of a server. */
public final class UserShell {

    private static final int SECONDS = 60;

    private final Path home;
    private final Path kubeconfig;
    private final Path kubectl;

    private UserShell(Path home, Path kubeconfig, Path kubectl) {
        this.home = home;
        this.kubeconfig = kubeconfig;
        this.kubectl = kubectl;
    }

    /** What a script left: both outputs as they came. */
    public record Ended(int exitCode, String output) {}

    /** @param home takes its files */
    public static UserShell of(ApiServer server, String namespace, Path home) throws IOException, InterruptedException {
        UserShell shell =
                new UserShell(home, home.resolve("kubeconfig"), server.kubectl().binary());
        server.writeKubeconfig(shell.kubeconfig);
        Ended picked = shell.run("kubectl config set-context --current --namespace=" + namespace);
        assertThat(picked.exitCode()).as(picked.output()).isZero();
        return shell;
    }

    /** Runs a script to its end, at most a minute; the first command that fails ends it. */
    public Ended run(String script) throws IOException, InterruptedException {
        Path output = Files.createTempFile(home, "output", ".txt");
        ProcessBuilder shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .directory(GeneratedFile.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment().put("KUBECONFIG", kubeconfig.toString());
        shell.environment().put("HOME", home.toString());
        shell.environment().merge("PATH", kubectl.getParent().toString(), (path, own) -> own + ":" + path);
        Process process = shell.start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as(script).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }
}
