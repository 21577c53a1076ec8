package io.cacheoperator.it;

import io.cacheoperator.app.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The operator as a process of its own, with everything that it writes to its output kept. */
final class OperatorProgram implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final Path output;
    private final Process process;

    private OperatorProgram(Path output, Process process) {
        this.output = output;
        this.process = process;
    }

    /** @param folder where its files go; @param environment what it sees besides {@code PATH} and the like */
    static OperatorProgram start(Path folder, String kubeconfig, Map<String, String> environment) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        java.toString(), "-cp", System.getProperty("java.class.path"), Main.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("KUBE"));
        builder.environment()
                .put(
                        "KUBECONFIG",
                        Files.writeString(folder.resolve("kubeconfig"), kubeconfig)
                                .toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(environment);
        return new OperatorProgram(output, builder.start());
    }

    /** All that it has written to standard output and standard error. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    boolean runs() {
        return process.isAlive();
    }

    /** Tells it to stop, as the kubelet does, and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
